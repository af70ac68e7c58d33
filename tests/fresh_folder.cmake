# cmake -DFOLDER=... -P fresh_folder.cmake COMMAND...: runs a command in an emptied folder, and fails when it fails.
file(REMOVE_RECURSE "${FOLDER}")
file(MAKE_DIRECTORY "${FOLDER}")

math(EXPR last "${CMAKE_ARGC} - 1")
set(command "")
foreach(position RANGE 4 ${last})
    list(APPEND command "${CMAKE_ARGV${position}}")
endforeach()
execute_process(COMMAND ${command} WORKING_DIRECTORY "${FOLDER}" RESULT_VARIABLE result)
if(NOT result EQUAL 0)
    message(FATAL_ERROR "failed (${result})")
endif()
