# ac_embed_sql(target NAMESPACE aftercare::sql PREFIX sql QUERIES dir [MIGRATIONS dir])
# Adds to `target` the generated headers <PREFIX>/<noun>.hpp, <PREFIX>/all.hpp, <PREFIX>/migrations.hpp and migrations.cpp.
# Files that appear later are picked up: the globs are checked before each build.
function(ac_embed_sql target)
  cmake_parse_arguments(A "" "NAMESPACE;PREFIX;QUERIES;MIGRATIONS" "" ${ARGN})
  file(GLOB queries CONFIGURE_DEPENDS ${A_QUERIES}/*.sql)
  set(migrations)
  if(A_MIGRATIONS)
    file(GLOB migrations CONFIGURE_DEPENDS ${A_MIGRATIONS}/*.sql)
  endif()
  set(root ${CMAKE_CURRENT_BINARY_DIR}/generated)
  set(out ${root}/${A_PREFIX})
  set(outputs ${out}/all.hpp ${out}/migrations.hpp ${out}/migrations.cpp)
  foreach(file IN LISTS queries)
    cmake_path(GET file STEM noun)
    list(APPEND outputs ${out}/${noun}.hpp)
  endforeach()
  add_custom_command(OUTPUT ${outputs}
    COMMAND aftercare_embed_sql ${A_NAMESPACE} ${A_PREFIX} ${out} --queries ${queries} --migrations ${migrations}
    DEPENDS aftercare_embed_sql ${queries} ${migrations}
    COMMENT "Embedding SQL for ${target}" VERBATIM)
  target_sources(${target} PRIVATE ${outputs})
  target_include_directories(${target} PUBLIC ${root})
endfunction()
