# Finds cctz, time zones: the target cctz::cctz. Debian's package has no CMake files; where there are some, they decide.
find_package(cctz CONFIG QUIET)
if(NOT TARGET cctz::cctz)
    find_path(cctz_INCLUDE_DIR cctz/time_zone.h)
    find_library(cctz_LIBRARY cctz)
    mark_as_advanced(cctz_INCLUDE_DIR cctz_LIBRARY)
endif()

include(FindPackageHandleStandardArgs)
if(TARGET cctz::cctz)
    find_package_handle_standard_args(cctz CONFIG_MODE)
else()
    find_package_handle_standard_args(cctz REQUIRED_VARS cctz_LIBRARY cctz_INCLUDE_DIR)
endif()

if(cctz_FOUND AND NOT TARGET cctz::cctz)
    add_library(cctz::cctz UNKNOWN IMPORTED)
    set_target_properties(cctz::cctz PROPERTIES
        IMPORTED_LOCATION "${cctz_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${cctz_INCLUDE_DIR}")
endif()
