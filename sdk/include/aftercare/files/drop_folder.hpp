#pragma once
#include <aftercare/connector/utf8.hpp>
#include <aftercare/files/csv.hpp>
#include <aftercare/plugin.hpp>
#include <chrono>
#include <cstdio>

/// A folder into which others put CSV files, read as a stream.
namespace aftercare::files {

using plugin::Answer;
using plugin::Ctx;
using plugin::FileInfo;
using plugin::Folder;
using plugin::refuse;

/// What a file says: all of it, or (when there are problems) nothing. At most 100 problems are listed.
template <class Item>
struct Parsed {
    std::vector<Item> items;
    std::vector<Problem> problems;
};

/// Where a stream stands: `item` of `file` comes next; `done`: all of it has been given out. `mark` tells whether the file is
/// still the one that was read; `ahead` those that the last look left alone because they were of the future.
struct Cursor {
    std::int64_t v = 1, item = 0;
    std::string file, mark;
    bool done = false;
    std::string ahead;
};
template <class Io>
void fields(Io& io, Cursor& c) {
    io("v", c.v, between(1, 1));
    io("file", c.file);
    io("mark", c.mark);
    io("item", c.item);
    io("done", c.done);
    io("ahead", c.ahead, maybe);
}

namespace detail {

inline constexpr Duration kSettles = seconds(10);       // a younger file may still be being written
inline constexpr std::size_t kLongestName = 160;        // room for what is added in done/ and rejected/
inline constexpr std::size_t kLongestPage = 4 << 20;    // half of what may pass

inline bool is_csv(const FileInfo& file) {
    const auto& n = file.name;
    if (n.size() < 5) return false;
    const auto end = n.substr(n.size() - 4);
    return end == ".csv" || end == ".CSV";
}

/// Length and FNV-1a of the content.
inline std::string mark_of(std::string_view content) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : content) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return std::to_string(content.size()) + "-" + std::to_string(hash);
}

/// "20260302-100000", in UTC.
inline std::string stamp(Instant at) {
    const auto day = at.ms / days(1).ms;
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    const auto second = (at.ms - day * days(1).ms) / 1'000;
    char text[80];
    std::snprintf(text, sizeof text, "%04d%02u%02u-%02d%02d%02d", int(date.year()), unsigned(date.month()), unsigned(date.day()),
                  int(second / 3'600), int(second / 60 % 60), int(second % 60));
    return text;
}

/// Moves a file to `to` under its own name, or with the time when that is taken. Gives the name; empty when the file had gone.
inline Answer<std::string> put_away(Folder& folder, const char* stream, const std::string& file, const char* to, Instant now) {
    auto stem = file.substr(0, file.size() - 4);
    while (stem.size() > kLongestName || !is_utf8(stem)) stem.pop_back();
    for (int n = 0; n <= 99; ++n) {
        const auto name = stem + (n == 0 ? "" : " (" + stamp(now + seconds(n - 1)) + ")") + ".csv";
        const auto moved = folder.move(stream, file, to, name);
        if (moved) return name;
        if (moved.error().error_class == ErrorClass::not_found) return std::string();
        if (moved.error().error_class != ErrorClass::conflict) return tl::unexpected<PluginError>(moved.error());
    }
    return refuse(ErrorClass::rejected, "too_many_files_of_one_name", file);
}

inline Answer<void> reject(Folder& folder, const char* stream, const std::string& file, const std::vector<Problem>& problems, Ctx& ctx) {
    AC_TRY(const std::string name, put_away(folder, stream, file, "rejected", ctx.now()));
    if (name.empty()) return {};
    std::string text = "\xEF\xBB\xBF本文件未被读取。请改正后放回 ";
    text += std::string(stream) + "/ 。\r\nNothing of this file was read. Correct it and put it back into " + stream + "/.\r\n\r\n";
    for (const auto& each : problems) {
        text += each.row ? "row " + std::to_string(each.row) : "file";
        text += ": " + each.reason + "\r\n";
    }
    ctx.log(AC_LOG_WARN, "rejected " + std::string(stream) + "/" + file + ": " + problems.front().reason);
    return folder.write("rejected", name + ".error.txt", text);
}

/// The cursor says that all of its file was stored: out of the way with it, if it is still that file.
inline Answer<void> retire(Folder& folder, const char* stream, const Cursor& cursor, Instant now) {
    const auto content = folder.read(stream, cursor.file);
    if (!content || mark_of(*content) != cursor.mark) return {};  // gone already, or another file under the old name
    AC_CHECK(put_away(folder, stream, cursor.file, "done", now));
    return {};
}

/// Files to read: the one the cursor stands in first, then by name.
inline Answer<std::vector<FileInfo>> candidates(Folder& folder, const char* stream, const Cursor& cursor) {
    AC_TRY(auto files, folder.list(stream));
    std::erase_if(files, [](const FileInfo& f) { return !is_csv(f); });
    std::stable_partition(files.begin(), files.end(), [&](const FileInfo& f) { return f.name == cursor.file; });
    return files;
}

/// How many items from `from` on fit into one page; one always does.
template <class Item>
std::size_t fitting(const std::vector<Item>& items, std::size_t from, std::int64_t limit) {
    std::size_t count = 0;
    for (std::size_t size = 0; from + count < items.size() && static_cast<std::int64_t>(count) < limit; ++count)
        if ((size += encode(items[from + count]).size()) > kLongestPage && count > 0) break;
    return count;
}

/// Parts files that may still be being written from the others. A file of the future counts as written when the last look saw it
/// as it is now: the clock of whoever wrote it is wrong.
inline std::string leave_unsettled(std::vector<FileInfo>& files, Instant now, const std::string& ahead) {
    std::string seen;
    for (const auto& each : files)
        if (each.modified_ms > now.ms) seen += each.name + "/" + std::to_string(each.size) + "/" + std::to_string(each.modified_ms) + "/";
    if (!seen.empty()) seen = mark_of(seen);
    std::erase_if(files, [&](const FileInfo& f) { return f.modified_ms > now.ms ? seen != ahead : now - Instant{f.modified_ms} < kSettles; });
    return seen;
}

}  // namespace detail

/// One page: items of at most one file of the folder `stream`; `parse(text, file)` gives a Parsed<Item>. A cursor past a file moves
/// that file to done/; a file that cannot be read goes to rejected/ with its reasons beside it. A file that changed a moment ago is
/// left for later.
template <class Item, class Request, class Parse>
Answer<PullReply<Item>> pull(const char* stream, const Request& request, Ctx& ctx, Parse parse) {
    Cursor cursor;
    if (!request.cursor.empty()) {
        auto read = decode<Cursor>(request.cursor);
        if (!read) return refuse(ErrorClass::invalid, "bad_cursor");
        cursor = std::move(*read);
    }
    auto folder = ctx.folder();
    if (cursor.done) AC_CHECK(detail::retire(folder, stream, cursor, ctx.now()));
    AC_TRY(auto files, detail::candidates(folder, stream, cursor));
    const auto ahead = detail::leave_unsettled(files, ctx.now(), cursor.ahead);
    for (std::size_t i = 0; i < files.size() && !ctx.cancelled(); ++i) {
        const auto& file = files[i];
        const auto content = folder.read(stream, file.name);
        if (!content && content.error().error_class == ErrorClass::not_found) continue;
        if (!content && content.error().code != "too_big") return tl::unexpected<PluginError>(content.error());
        Parsed<Item> parsed;
        if (content) parsed = parse(*content, file);
        else parsed.problems.push_back({0, "larger_than_8_MiB"});
        if (!parsed.problems.empty()) {
            AC_CHECK(detail::reject(folder, stream, file.name, parsed.problems, ctx));
            continue;
        }
        Cursor next{1, 0, file.name, detail::mark_of(*content), false, cursor.ahead};
        const auto size = static_cast<std::int64_t>(parsed.items.size());
        const bool goes_on = !cursor.done && cursor.file == file.name && cursor.mark == next.mark;
        const auto from = goes_on ? std::clamp<std::int64_t>(cursor.item, 0, size) : 0;
        next.item = from + static_cast<std::int64_t>(detail::fitting(parsed.items, static_cast<std::size_t>(from), request.limit));
        next.done = next.item == size;
        PullReply<Item> page;
        page.items.assign(std::make_move_iterator(parsed.items.begin() + from), std::make_move_iterator(parsed.items.begin() + next.item));
        page.cursor = encode(next);
        page.more = !next.done || i + 1 < files.size();
        return page;
    }
    if (cursor.done) cursor = {};  // what comes under its name now is another file
    cursor.ahead = ahead;
    return PullReply<Item>{{}, encode(cursor), false};
}

/// Files that wait to be read.
inline Answer<std::size_t> count_waiting(const char* stream, Folder folder) {
    AC_TRY(const auto files, detail::candidates(folder, stream, {}));
    return files.size();
}

}  // namespace aftercare::files
