# The few functions that every room's CMakeLists uses: flags, rooms, programs, tests.
option(AFTERCARE_WERROR "Warnings are errors" OFF)
option(AFTERCARE_TESTS "Build the tests" ON)
set(AFTERCARE_SANITIZE "" CACHE STRING "address,undefined or thread")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

find_program(AFTERCARE_CCACHE ccache)
if(AFTERCARE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${AFTERCARE_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${AFTERCARE_CCACHE})
endif()

add_library(aftercare_flags INTERFACE)
target_compile_options(aftercare_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wno-restrict
  -ffile-prefix-map=${PROJECT_SOURCE_DIR}=. $<$<CONFIG:Debug>:-g1> $<$<BOOL:${AFTERCARE_WERROR}>:-Werror>)
# gcc 12.2 raises false alarms of these two under sanitizers (architecture.md, section 15)
if(AFTERCARE_SANITIZE)
  target_compile_options(aftercare_flags INTERFACE -Wno-maybe-uninitialized)
  add_compile_options(-fsanitize=${AFTERCARE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
  # A check at every use of a pointer made the programs five times larger and a third slower to compile; what it would
  # find, AddressSanitizer stops at, too
  add_compile_options(-fno-sanitize=null,alignment,vptr,object-size,nonnull-attribute,returns-nonnull-attribute,pointer-overflow)
  add_link_options(-fsanitize=${AFTERCARE_SANITIZE})
endif()
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  string(REPLACE "-DNDEBUG" "" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")  # assertions stay on
  string(REPLACE "-g" "-g1" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
  add_compile_options(-fstack-protector-strong -D_FORTIFY_SOURCE=2)
  add_link_options(-Wl,-z,relro,-z,now)
endif()

# ac_room(name SOURCES … LINK …): static library aftercare_<name>, include root app/.
function(ac_room name)
  cmake_parse_arguments(A "" "" "SOURCES;LINK;PRIVATE" ${ARGN})
  add_library(aftercare_${name} STATIC ${A_SOURCES})
  target_include_directories(aftercare_${name} PUBLIC ${PROJECT_SOURCE_DIR}/app)
  target_link_libraries(aftercare_${name} PUBLIC ${A_LINK} PRIVATE ${A_PRIVATE} aftercare_flags)
endfunction()

# ac_program(name SOURCES … LINK …): a program in build/<preset>/bin.
function(ac_program name)
  cmake_parse_arguments(A "" "" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${A_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/app)
  target_link_libraries(${name} PRIVATE ${A_LINK} aftercare_flags)
endfunction()

# ac_test(name [LABELS fast|postgres|e2e] SOURCES … LINK …): test program test_<name>, run by ctest from the source folder.
function(ac_test name)
  cmake_parse_arguments(A "" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  add_executable(test_${name} ${A_SOURCES})
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/app ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(test_${name} PRIVATE ${A_LINK} catch_main aftercare_flags)
  add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  if(NOT A_LABELS)
    set(A_LABELS fast)
  endif()
  if(NOT A_TIMEOUT)
    set(A_TIMEOUT 300)
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${A_LABELS}" TIMEOUT ${A_TIMEOUT}
    ENVIRONMENT "AFTERCARE_BIN=${PROJECT_BINARY_DIR}/bin;AFTERCARE_PLUGINS=${PROJECT_BINARY_DIR}/plugins")
endfunction()

# ac_embed_texts(out HEADER room/embedded.hpp NAMESPACE aftercare::room NAMES kA kB FILES a b): sets `out` to a generated source
# that holds the files' bytes under those names, which HEADER declares.
function(ac_embed_texts out)
  cmake_parse_arguments(A "" "HEADER;NAMESPACE" "NAMES;FILES" ${ARGN})
  set(embedded ${CMAKE_CURRENT_BINARY_DIR}/${out}.cpp)
  set(script ${PROJECT_SOURCE_DIR}/packaging/cmake/embed/embed_text.cmake)
  list(JOIN A_NAMES "," names)
  list(JOIN A_FILES "," files)
  add_custom_command(OUTPUT ${embedded}
    COMMAND ${CMAKE_COMMAND} -DOUT=${embedded} -DHEADER=${A_HEADER} -DNAMESPACE=${A_NAMESPACE} -DNAMES=${names} -DFILES=${files} -P ${script}
    DEPENDS ${A_FILES} ${script} VERBATIM)
  set(${out} ${embedded} PARENT_SCOPE)
endfunction()
