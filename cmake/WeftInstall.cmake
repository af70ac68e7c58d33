# What `cmake --install` puts where, and the two ways to find it again: find_package(weft CONFIG) and pkg-config.
#
# The library is static by default, and its dependencies are private; yet whoever links a static library links what it calls.
# So both files pass the dependencies on to the linker, and neither passes on their headers.
include(CMakePackageConfigHelpers)

set(weft_cmake_dir "${CMAKE_INSTALL_LIBDIR}/cmake/weft")

set_target_properties(weft_app PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
install(TARGETS weft_app RUNTIME)
install(TARGETS weft EXPORT weft_targets FILE_SET HEADERS)
install(EXPORT weft_targets NAMESPACE weft:: DESTINATION "${weft_cmake_dir}")
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")

configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/weft-config.cmake.in" weft-config.cmake INSTALL_DESTINATION "${weft_cmake_dir}")
write_basic_package_version_file(weft-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/weft-config.cmake" "${CMAKE_CURRENT_BINARY_DIR}/weft-config-version.cmake"
        DESTINATION "${weft_cmake_dir}")

# pkg-config. The prefix is told from where the file lies, so that an installed tree may be moved.
if(BUILD_SHARED_LIBS)
    set(weft_pc_requires Requires.private)
else()
    set(weft_pc_requires Requires)
endif()
file(RELATIVE_PATH weft_pc_prefix "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" "${CMAKE_INSTALL_PREFIX}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/weft.pc.in" weft.pc @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/weft.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
