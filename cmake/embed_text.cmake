# Compiles files into a target, byte for byte:
#
#     embed_text(<target> <header> <variable> <file>...)
#     embed_text(recourse embedded/sqlite_schema.hpp recourse::store::sqlite::schema src/store/sqlite/schema/ledger.sql)
#
# makes `#include "embedded/sqlite_schema.hpp"` define, inside the target only,
#
#     namespace recourse::store::sqlite {
#     inline constexpr std::array<std::pair<std::string_view, std::string_view>, 1> schema = ...;  // {"ledger", "CREATE ..."}
#     }
#
# one pair of name and bytes a file, in the order given; the name is the file's without its folder and last extension.
# The bytes are arrays of characters and not literals, since a literal may not be longer than 64 KiB everywhere. A zero
# that is not counted follows each. The header is made again whenever one of the files changes.

set(EMBED_TEXT_SCRIPT "${CMAKE_CURRENT_LIST_FILE}")

function(embed_text target header variable)
    set(files "")
    foreach(file IN LISTS ARGN)
        get_filename_component(file "${file}" ABSOLUTE)
        list(APPEND files "${file}")
    endforeach()
    string(REPLACE ";" "|" files_argument "${files}")
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/embed_text")
    add_custom_command(
        OUTPUT "${folder}/${header}"
        COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${folder}/${header}" "-DVARIABLE=${variable}" "-DFILES=${files_argument}"
                -P "${EMBED_TEXT_SCRIPT}"
        DEPENDS ${files} "${EMBED_TEXT_SCRIPT}"
        COMMENT "Embedding ${header}"
        VERBATIM)
    target_sources(${target} PRIVATE "${folder}/${header}")
    target_include_directories(${target} PRIVATE "${folder}")
endfunction()

function(embed_text_write output variable files)
    string(REGEX MATCH "^(.*)::([^:]+)$" qualified "${variable}")
    if(qualified)
        set(namespace "${CMAKE_MATCH_1}")
        set(variable "${CMAKE_MATCH_2}")
    endif()
    list(LENGTH files count)
    set(arrays "")
    set(rows "")
    set(index 0)
    foreach(file IN LISTS files)
        get_filename_component(name "${file}" NAME_WLE)
        file(READ "${file}" bytes HEX)
        string(REPEAT "." 32 line)
        string(REGEX REPLACE "(${line})" "\\1\n    " bytes "${bytes}")
        string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
        string(APPEND arrays "inline constexpr char ${variable}_${index}[] = {\n    ${bytes}'\\0'};\n")
        string(APPEND rows "    {\"${name}\", {${variable}_${index}, sizeof ${variable}_${index} - 1}},\n")
        math(EXPR index "${index} + 1")
    endforeach()
    set(text "// Made by cmake/embed_text.cmake; edit the files it comes from.\n#pragma once\n\n")
    string(APPEND text "#include <array>\n#include <string_view>\n#include <utility>\n\n")
    if(namespace)
        string(APPEND text "namespace ${namespace} {\n\n")
    endif()
    string(APPEND text "${arrays}\ninline constexpr std::array<std::pair<std::string_view, std::string_view>, ${count}> "
           "${variable}{{\n${rows}}};\n")
    if(namespace)
        string(APPEND text "\n}  // namespace ${namespace}\n")
    endif()
    file(WRITE "${output}" "${text}")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
    string(REPLACE "|" ";" FILES "${FILES}")
    embed_text_write("${OUTPUT}" "${VARIABLE}" "${FILES}")
endif()
