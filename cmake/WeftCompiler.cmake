# Language level, warnings, sanitizers and ccache, as one interface target that every target of this project links.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(weft_compiler INTERFACE)
target_compile_options(weft_compiler INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Wshadow)
# GCC 12 sees overlapping copies in std::string where there are none (GCC bug 105651).
target_compile_options(weft_compiler INTERFACE "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>")
if(WEFT_SANITIZE)
    # Two alarms are not ours: oneTBB's flow graph casts a task to its type after destroying it (vptr), and GCC 12 sees
    # uninitialised values in the standard library when the sanitizers are on.
    set(weft_sanitizers -fsanitize=address,undefined -fno-sanitize=vptr)
    if(WEFT_SANITIZE STREQUAL "thread")
        set(weft_sanitizers -fsanitize=thread)   # cannot be had together with the others
    endif()
    target_compile_options(weft_compiler INTERFACE ${weft_sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer
                                                   -Wno-maybe-uninitialized)
    target_link_options(weft_compiler INTERFACE ${weft_sanitizers})
endif()
if(WEFT_FUZZ)
    target_compile_options(weft_compiler INTERFACE -fsanitize=fuzzer-no-link)
    target_link_options(weft_compiler INTERFACE -fsanitize=fuzzer-no-link)
endif()
