// Exports nothing.
extern "C" int nothing_of_use();
int nothing_of_use() { return 0; }
