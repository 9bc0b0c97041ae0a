# How this project's own code is compiled; the presets choose HEARTH_SANITIZE.
set(HEARTH_SANITIZE "" CACHE STRING "Sanitizers for everything of ours: address,undefined or thread; fuzzer-no-link (clang) adds the fuzz targets")

find_program(HEARTH_CCACHE ccache)
if(HEARTH_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${HEARTH_CCACHE})
endif()

add_library(hearth_options INTERFACE)
target_include_directories(hearth_options INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/server)
target_compile_options(hearth_options INTERFACE -Wall -Wextra -Werror)
if(HEARTH_SANITIZE)
  target_compile_options(hearth_options INTERFACE
    -fsanitize=${HEARTH_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer -g1)
  # Clang 14 puts this check's marks where the parts of a coroutine cannot have them.
  target_compile_options(hearth_options INTERFACE $<$<CXX_COMPILER_ID:Clang>:-fno-sanitize=function>)
  # GCC 12 sees uninitialized values in the standard library's own code once it is instrumented.
  target_compile_options(hearth_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  if(HEARTH_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(hearth_options INTERFACE -Wno-tsan)  # Asio's fences, which GCC cannot watch
  endif()
  target_link_options(hearth_options INTERFACE -fsanitize=${HEARTH_SANITIZE})
endif()

# hearth_library(name SOURCES a.cpp … [LINK lib …]): one static library per folder of the source tree.
function(hearth_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC hearth_options ${ARG_LINK})
endfunction()
