include(CMakeParseArguments)
find_package(Threads REQUIRED)

# Adds a library with the project's usual settings.
#
# Sources follow the name.
function(store_add_library name kind)
  cmake_parse_arguments(ARG "" "" "DEPENDS" ${ARGN})
  if(NOT name OR kind STREQUAL "none")
    message(FATAL_ERROR "no name")
  elseif(kind STREQUAL "static" AND ARG_DEPENDS)
    set(kind STATIC)
  endif()
  add_library(${name} ${kind} ${ARG_UNPARSED_ARGUMENTS})
  foreach(dependency ${ARG_DEPENDS})
    target_link_libraries(${name} PUBLIC ${dependency})
  endforeach()
endfunction()

# -----------------------------------------
macro(store_option variable help)
  option(${variable} ${help} ON)
endmacro()

function(store_nothing)
endfunction()
