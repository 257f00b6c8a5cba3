# Finds libical, iCalendar: the target libical::libical. Its own CMake files define `ical` in no namespace, which CMake
# takes for a library of that name where the files are missing; so the header and the library are looked for.
find_path(libical_INCLUDE_DIR libical/ical.h)
find_library(libical_LIBRARY ical)
mark_as_advanced(libical_INCLUDE_DIR libical_LIBRARY)

if(libical_INCLUDE_DIR)
    file(STRINGS "${libical_INCLUDE_DIR}/libical/ical.h" version_line REGEX "define ICAL_VERSION +\"")
    string(REGEX REPLACE ".*\"(.+)\".*" "\\1" libical_VERSION "${version_line}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(libical
    REQUIRED_VARS libical_LIBRARY libical_INCLUDE_DIR
    VERSION_VAR libical_VERSION)

if(libical_FOUND AND NOT TARGET libical::libical)
    add_library(libical::libical UNKNOWN IMPORTED)
    set_target_properties(libical::libical PROPERTIES
        IMPORTED_LOCATION "${libical_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${libical_INCLUDE_DIR}")
endif()
