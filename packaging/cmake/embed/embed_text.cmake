# cmake -DOUT=embedded.cpp -DHEADER=api/embedded.hpp -DNAMESPACE=aftercare::api -DNAMES=a,b -DFILES=x,y -P embed_text.cmake:
# each file's bytes as a std::string_view of that name, declared in HEADER.
string(REPLACE "," ";" names "${NAMES}")
string(REPLACE "," ";" files "${FILES}")
set(text "#include \"${HEADER}\"\n\nnamespace ${NAMESPACE} {\n\n")
foreach(name file IN ZIP_LISTS names files)
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
  file(SIZE ${file} size)
  string(APPEND text "const std::string_view ${name}(\"${bytes}\", ${size});\n")
endforeach()
file(WRITE ${OUT} "${text}\n}  // namespace ${NAMESPACE}\n")
