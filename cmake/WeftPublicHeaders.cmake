# Which headers are installed: the facades and every header of ours that they reach, and no other. The set is computed, so that
# nobody has to keep a list; tests/rules/headers.py checks that none of them needs a header of a dependency.

# Sets `result` to the absolute paths of the headers behind `root` (relative to it) and all headers that they include, directly or not.
function(weft_public_headers result root)
    set(found "${ARGN}")
    set(waiting "${ARGN}")
    while(waiting)
        list(POP_FRONT waiting header)
        file(STRINGS "${root}/${header}" includes REGEX "^#include \"weft/")
        foreach(line IN LISTS includes)
            string(REGEX REPLACE "^#include \"([^\"]+)\".*" "\\1" included "${line}")
            if(NOT included IN_LIST found)
                list(APPEND found "${included}")
                list(APPEND waiting "${included}")
            endif()
        endforeach()
    endwhile()
    list(SORT found)
    list(TRANSFORM found PREPEND "${root}/")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${found})   # a header may reach another one tomorrow
    set(${result} "${found}" PARENT_SCOPE)
endfunction()
