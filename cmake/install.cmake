# cmake --install: the program, the libraries for find_package(verge), and the sources that firmware is made from.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

# verge::tiny, verge::fast and verge::compiler, and what they stand on.
set(verge_installed verge_flags verge_base verge_plan verge_plan_draft verge_signal verge_kernels verge_tiny
                    verge_cpu verge_platform verge_lower verge_in_place verge_fast verge_graph verge_rules
                    verge_formats_tflite verge_import verge_passes verge_compiler)
foreach(library IN LISTS verge_installed)
  string(REPLACE "verge_" "" short ${library})
  set_target_properties(${library} PROPERTIES EXPORT_NAME ${short})
endforeach()
install(TARGETS ${verge_installed} EXPORT verge_targets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT verge_targets NAMESPACE verge:: FILE vergeTargets.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/verge)
configure_file(cmake/vergeConfig.cmake ${PROJECT_BINARY_DIR}/vergeConfig.cmake COPYONLY)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/vergeConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/vergeConfig.cmake ${PROJECT_BINARY_DIR}/vergeConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/verge)

# A header stands where its #include says: include/verge/plan/plan.hpp. Tests stay at home.
set(no_tests REGEX "[/_]test(_support)?[.][ch]pp$" EXCLUDE)
foreach(room base plan signal operators graph formats platform compiler runtime)
  install(DIRECTORY ${room} DESTINATION include/verge FILES_MATCHING
          PATTERN "*.hpp" PATTERN "*.h" PATTERN "*.inc" ${no_tests})
endforeach()
install(DIRECTORY ${PROJECT_BINARY_DIR}/operators/generated/operators DESTINATION include/verge)
install(FILES ${PROJECT_BINARY_DIR}/formats/tflite/generated/formats/tflite/builtin_operators.inc
        DESTINATION include/verge/formats/tflite)

install(TARGETS verge RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES LICENSE THIRD_PARTY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

# share/verge is a source tree of the freestanding rooms: add_subdirectory(.../share/verge) in a firmware's build.
foreach(room base plan signal operators runtime ports cmake)
  install(DIRECTORY ${room} DESTINATION share/verge ${no_tests} PATTERN "__pycache__" EXCLUDE)
endforeach()
install(FILES CMakeLists.txt CMakePresets.json DESTINATION share/verge)
