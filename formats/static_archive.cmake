# verge_static_archive(TARGET ARCHIVE HEADER PACKAGE): an imported library that is linked as an
# archive, never as a shared object, so that the program needs nothing but itself at run time.
function(verge_static_archive target archive header package)
  if(TARGET ${target})
    return()
  endif()
  find_library(${target}_ARCHIVE ${archive})
  find_path(${target}_HEADERS ${header})
  if(NOT ${target}_ARCHIVE OR NOT ${target}_HEADERS)
    message(FATAL_ERROR "${archive} or ${header} is not on this machine; install the Debian package ${package}"
                        " (for a cross build: the one of the target's architecture)")
  endif()
  add_library(${target} STATIC IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES IMPORTED_LOCATION ${${target}_ARCHIVE})
  target_include_directories(${target} SYSTEM INTERFACE ${${target}_HEADERS})
endfunction()
