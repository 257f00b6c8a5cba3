# Installs into a prefix, moves the prefix, and builds and runs the host against it: once found by CMake, and once by
# pkg-config where that is installed. The moved prefix proves that nothing in the package knows where it came from.
set(here ${CMAKE_CURRENT_LIST_DIR})
set(place ${BINARY_DIR}/consumer)
file(REMOVE_RECURSE ${place})
file(MAKE_DIRECTORY ${place})

function(run what)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "consumer: ${what} failed (${result}):\n${output}")
    endif()
    message(STATUS "consumer: ${what}: ok")
endfunction()

run("install" ${CMAKE_COMMAND} --install ${BINARY_DIR} --config ${CONFIG} --prefix ${place}/before)
file(RENAME ${place}/before ${place}/after)

run("configure" ${CMAKE_COMMAND} -G ${GENERATOR} -S ${here} -B ${place}/build
    -D CMAKE_BUILD_TYPE=${CONFIG} -D CMAKE_CXX_COMPILER=${COMPILER} -D "CMAKE_CXX_FLAGS=${FLAGS}"
    -D CMAKE_PREFIX_PATH=${place}/after)
run("build" ${CMAKE_COMMAND} --build ${place}/build --config ${CONFIG})
run("run" ${place}/build/consumer)
file(GLOB command ${place}/after/bin/recourse)
if(command)
    run("run the installed command" ${command} --help)
endif()

find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG)
    file(GLOB_RECURSE description ${place}/after/recourse.pc)
    get_filename_component(directory ${description} DIRECTORY)
    set(ENV{PKG_CONFIG_PATH} ${directory})
    execute_process(COMMAND ${PKG_CONFIG} --cflags --libs recourse
        OUTPUT_VARIABLE flags RESULT_VARIABLE result ERROR_VARIABLE error OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "consumer: pkg-config failed:\n${error}")
    endif()
    separate_arguments(flags UNIX_COMMAND "${flags}")
    separate_arguments(FLAGS UNIX_COMMAND "${FLAGS}")
    run("build with pkg-config" ${COMPILER} -std=c++20 ${FLAGS} ${here}/main.cpp -o ${place}/by_pkg_config ${flags})
    run("run what pkg-config built" ${place}/by_pkg_config)
endif()
