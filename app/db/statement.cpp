#include "db/statement.hpp"

#include <algorithm>
#include <cctype>

namespace aftercare::db {

namespace {

bool starts_name(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool in_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

// The end of the string, quoted name or comment that begins at `at`; `at` itself when code stands there.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
    const auto until = [&](std::string_view mark, std::size_t from) {
        const std::size_t found = sql.find(mark, from);
        return found == sql.npos ? sql.size() : found + mark.size();
    };
    if (sql[at] == '\'' || sql[at] == '"') return until(sql.substr(at, 1), at + 1);  // '' reads as two strings: the same
    if (sql.substr(at, 2) == "--") return until("\n", at);
    if (sql.substr(at, 2) == "/*") return until("*/", at + 2);
    return at;
}

}  // namespace

void scan(std::string_view sql, FunctionRef<void(std::string_view, bool)> piece) {
    std::size_t begin = 0, at = 0;
    while (at < sql.size()) {
        const std::size_t end = end_of_quoted(sql, at);
        if (end == at) {
            ++at;
            continue;
        }
        if (begin < at) piece(sql.substr(begin, at - begin), true);
        piece(sql.substr(at, end - at), false);
        begin = at = end;
    }
    if (begin < sql.size()) piece(sql.substr(begin), true);
}

std::vector<Parameter> parameters(std::string_view sql) {
    std::vector<Parameter> found;
    scan(sql, [&](std::string_view piece, bool code) {
        if (!code) return;
        const auto offset = static_cast<std::size_t>(piece.data() - sql.data());
        for (std::size_t at = 0; at + 1 < piece.size(); ++at) {
            if (piece[at] != ':') continue;
            if (piece[at + 1] == ':') {  // a cast
                ++at;
                continue;
            }
            if (!starts_name(piece[at + 1])) continue;
            std::size_t end = at + 1;
            while (end < piece.size() && in_name(piece[end])) ++end;
            const std::string_view name = piece.substr(at + 1, end - at - 1);
            const bool list = piece.substr(end, 3) == "...";
            if (list) end += 3;
            found.push_back({name, offset + at, offset + end, list});
            at = end - 1;
        }
    });
    return found;
}

Plan make_plan(std::string_view sql, Engine engine, const std::vector<std::size_t>& sizes) {
    Plan plan;
    std::size_t copied = 0, list = 0;
    const char mark = engine == Engine::sqlite ? '?' : '$';
    for (const Parameter& each : parameters(sql)) {
        plan.text += sql.substr(copied, each.begin - copied);
        copied = each.end;
        const std::size_t count = each.list ? sizes.at(list++) : 1;
        const auto same = [&](const Slot& slot) { return slot.name == each.name && slot.list == each.list; };
        auto first = std::find_if(plan.slots.begin(), plan.slots.end(), same);
        auto number = static_cast<std::size_t>(first - plan.slots.begin());
        if (first == plan.slots.end())
            for (std::size_t i = 0; i < count; ++i) plan.slots.push_back({std::string(each.name), i, each.list});
        for (std::size_t i = 0; i < count; ++i) {
            if (i > 0) plan.text += ',';
            plan.text += mark;
            plan.text += std::to_string(++number);
        }
    }
    plan.text += sql.substr(copied);
    return plan;
}

Value resolve(const Slot& slot, Args args, std::size_t& hint, std::string_view query) {
    const auto refuse = [&](DbErrorKind kind, std::string_view why) {
        throw DbError(kind, std::string(query) + ": :" + slot.name + " " + std::string(why));
    };
    std::size_t tried = 0;
    while (tried < args.size() && args[hint % args.size()].name != slot.name) ++hint, ++tried;
    if (tried == args.size()) refuse(DbErrorKind::other, "has no value");
    Value value = args[hint % args.size()].value;
    if (!slot.list) ++hint;
    const auto* list = std::get_if<std::span<const std::string>>(&value);
    if ((list != nullptr) != slot.list) refuse(DbErrorKind::other, "is a list on one side only");
    if (list) {
        if (list->empty()) return nullptr;
        value = std::string_view((*list)[std::min(slot.element, list->size() - 1)]);
    }
    if (const auto* text = std::get_if<std::string_view>(&value); text && text->find('\0') != text->npos)
        refuse(DbErrorKind::check, "holds a NUL byte");
    return value;
}

}  // namespace aftercare::db
