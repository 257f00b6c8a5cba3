# Finds libpq, PostgreSQL's client: the target libpq::libpq. CMake's own module wants the server's headers beside it.
find_path(libpq_INCLUDE_DIR libpq-fe.h PATH_SUFFIXES postgresql pgsql)
find_library(libpq_LIBRARY pq)
mark_as_advanced(libpq_INCLUDE_DIR libpq_LIBRARY)

if(libpq_INCLUDE_DIR AND EXISTS "${libpq_INCLUDE_DIR}/pg_config.h")
    file(STRINGS "${libpq_INCLUDE_DIR}/pg_config.h" version_line REGEX "define PG_VERSION +\"")
    string(REGEX REPLACE ".*\"([0-9.]+).*" "\\1" libpq_VERSION "${version_line}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(libpq
    REQUIRED_VARS libpq_LIBRARY libpq_INCLUDE_DIR
    VERSION_VAR libpq_VERSION)

if(libpq_FOUND AND NOT TARGET libpq::libpq)
    add_library(libpq::libpq UNKNOWN IMPORTED)
    set_target_properties(libpq::libpq PROPERTIES
        IMPORTED_LOCATION "${libpq_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${libpq_INCLUDE_DIR}")
endif()
