# aftercare_add_plugin(name SOURCES … [MANIFEST plugin.json] [FOLDER dir]): the module <name>.so with its plugin.json beside it in
# FOLDER/<name> (default: plugins/ of the build). plugin.json is also compiled in, so the two copies cannot differ.
function(aftercare_add_plugin name)
  cmake_parse_arguments(A "" "MANIFEST;FOLDER" "SOURCES" ${ARGN})
  if(NOT A_MANIFEST)
    set(A_MANIFEST plugin.json)
  endif()
  if(NOT A_FOLDER)
    set(A_FOLDER ${PROJECT_BINARY_DIR}/plugins)
  endif()
  set(folder ${A_FOLDER}/${name})
  set(map ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)

  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${A_MANIFEST})
  file(READ ${A_MANIFEST} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${name}_manifest.cpp @ONLY CONTENT
"extern \"C\" const char aftercare_manifest_text[] = {@bytes@};
extern \"C\" const unsigned aftercare_manifest_size = sizeof aftercare_manifest_text;
")
  configure_file(${A_MANIFEST} ${folder}/plugin.json COPYONLY)

  add_library(${name} MODULE ${A_SOURCES} ${CMAKE_CURRENT_BINARY_DIR}/${name}_manifest.cpp)
  target_link_libraries(${name} PRIVATE aftercare::sdk)
  target_compile_features(${name} PRIVATE cxx_std_20)
  set_target_properties(${name} PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${folder} SKIP_BUILD_RPATH ON
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    LINK_DEPENDS ${map})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>)
  endif()
  # No undefined symbol may be left to the moment of use; nothing but the table may be seen from outside.
  target_link_options(${name} PRIVATE -Wl,-z,defs,-z,now,-z,relro,--build-id,--exclude-libs,ALL
    -Wl,--version-script=${map})
endfunction()
