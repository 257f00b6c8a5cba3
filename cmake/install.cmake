# What `cmake --install` puts where: the library, its headers, the command, and the files by which CMake and
# pkg-config find them. All of it may be moved to another prefix afterwards.
include(CMakePackageConfigHelpers)

set(package_directory ${CMAKE_INSTALL_LIBDIR}/cmake/recourse)
install(TARGETS recourse EXPORT recourse_targets)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/recourse
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h")
if(TARGET recourse_cli)
    install(TARGETS recourse_cli)
endif()

install(EXPORT recourse_targets NAMESPACE recourse:: FILE recourseTargets.cmake DESTINATION ${package_directory})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/recourseConfig.cmake.in
    ${PROJECT_BINARY_DIR}/recourseConfig.cmake
    INSTALL_DESTINATION ${package_directory})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/recourseConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/recourseConfig.cmake ${PROJECT_BINARY_DIR}/recourseConfigVersion.cmake
        ${CMAKE_CURRENT_LIST_DIR}/Findcctz.cmake ${CMAKE_CURRENT_LIST_DIR}/Findlibical.cmake
        ${CMAKE_CURRENT_LIST_DIR}/Findlibpq.cmake
    DESTINATION ${package_directory})

# pkg-config: a static library cannot carry what it needs, so the one who links it must hear of it.
file(RELATIVE_PATH prefix_from_pkgconfig /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
get_target_property(library_type recourse TYPE)
if(library_type STREQUAL "STATIC_LIBRARY")
    set(private_suffix "")
else()
    set(private_suffix ".private")
endif()
set(postgres_module "")
if(RECOURSE_POSTGRES)
    set(postgres_module " libpq")
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/recourse.pc.in ${PROJECT_BINARY_DIR}/recourse.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/recourse.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
