#pragma once
#include <aftercare/connector/utf8.hpp>
#include <aftercare/plugin.hpp>
#include <functional>

#include "rows.hpp"

namespace warehouse_files {

/// Where a stream stands: `item` of `file` comes next; `done`: all of it has been given out. `mark` tells whether the file is
/// still the one that was read.
struct Cursor {
    std::int64_t v = 1, item = 0;
    std::string file, mark;
    bool done = false;
};
template <class Io>
void fields(Io& io, Cursor& c) {
    io("v", c.v, aftercare::between(1, 1));
    io("file", c.file);
    io("mark", c.mark);
    io("item", c.item);
    io("done", c.done);
}

/// One page: items of at most one file of the folder `stream`. A cursor past a file moves that file to done/; a file that cannot
/// be read goes to rejected/ with its reasons beside it. A file still being written is left for later.
template <class Item>
aftercare::plugin::Answer<aftercare::PullReply<Item>> pull(
    const char* stream, const aftercare::PullRequest& request, aftercare::plugin::Ctx& ctx,
    const std::function<Parsed<Item>(std::string_view)>& parse);

/// Files that wait to be read.
aftercare::plugin::Answer<std::size_t> count_waiting(const char* stream, aftercare::plugin::Folder folder);

}  // namespace warehouse_files
