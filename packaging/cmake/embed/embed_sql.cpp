// Turns named SQL into C++: each schema/queries/<noun>.sql becomes <noun>.hpp with one constexpr Query per `-- name:` block,
// all.hpp lists them, migrations.cpp holds the migrations. Built and run first; says file and line of what it refuses.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct Block {
    std::string name, sqlite, postgres;
};

[[noreturn]] void refuse(const fs::path& file, std::size_t line, const std::string& why) {
    throw std::runtime_error(file.string() + ":" + std::to_string(line) + ": " + why);
}

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) throw std::runtime_error(file.string() + ": cannot be read");
    return text;
}

// Only a changed file is written, so that its users are not compiled again.
void write(const fs::path& file, const std::string& text) {
    if (fs::exists(file) && read(file) == text) return;
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out) throw std::runtime_error(file.string() + ": cannot be written");
}

std::string literal(const std::string& text) { return "R\"ac_sql(" + text + ")ac_sql\""; }

bool is_name(const std::string& text) {
    return !text.empty() && text[0] >= 'a' && text[0] <= 'z' && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

// Trailing white space and the last `;` go away.
std::string trimmed(std::string text) {
    const auto strip = [&] { text.erase(text.find_last_not_of(" \t\r\n") + 1); };
    strip();
    if (!text.empty() && text.back() == ';') text.pop_back();
    strip();
    return text;
}

class QueryFile {
   public:
    explicit QueryFile(fs::path file) : file_(std::move(file)) {
        std::istringstream in(read(file_));
        for (std::string line; std::getline(in, line);) take(line, ++line_);
        finish();
        for (const Block& block : blocks_)
            if (block.sqlite.empty() || block.postgres.empty()) refuse(file_, line_, block.name + ": half of a pair is missing");
    }
    const std::vector<Block>& blocks() const { return blocks_; }

   private:
    void take(const std::string& line, std::size_t number) {
        static const std::string kMark = "-- name:";
        if (line.rfind(kMark, 0) == 0) {
            finish();
            std::istringstream words(line.substr(kMark.size()));
            std::string rest;
            name_.clear();
            dialect_.clear();
            words >> name_ >> dialect_ >> rest;
            const bool known = dialect_.empty() || dialect_ == "[sqlite]" || dialect_ == "[postgres]";
            if (!is_name(name_) || !known || !rest.empty()) refuse(file_, number, "expected `-- name: snake_case [sqlite|postgres]`");
            started_ = number;
        } else if (text_.empty() && (line.rfind("--", 0) == 0 || line.find_first_not_of(" \t\r") == std::string::npos)) {
            return;  // remarks above the statement
        } else if (name_.empty()) {
            refuse(file_, number, "text before the first `-- name:`");
        } else {
            text_ += line + "\n";
        }
    }
    void finish() {
        if (name_.empty()) return;
        const std::string text = trimmed(text_);
        text_.clear();
        if (text.empty()) refuse(file_, started_, name_ + ": no statement");
        auto block = std::find_if(blocks_.begin(), blocks_.end(), [&](const Block& each) { return each.name == name_; });
        if (block == blocks_.end()) block = blocks_.insert(blocks_.end(), Block{name_, {}, {}});
        if (dialect_ != "[postgres]") set(block->sqlite, text);
        if (dialect_ != "[sqlite]") set(block->postgres, text);
    }
    void set(std::string& target, const std::string& text) {
        if (!target.empty()) refuse(file_, started_, name_ + ": named twice");
        target = text;
    }

    fs::path file_;
    std::vector<Block> blocks_;
    std::string name_, dialect_, text_;
    std::size_t line_ = 0, started_ = 0;
};

void write_queries(const std::vector<fs::path>& files, const std::string& space, const std::string& prefix, const fs::path& out) {
    std::string includes, list;
    std::size_t count = 0;
    for (const fs::path& file : files) {
        const std::string noun = file.stem().string();
        if (!is_name(noun)) refuse(file, 1, "the file's name must be snake_case");
        std::string header = "#pragma once\n#include \"db/query.hpp\"\n\nnamespace " + space + "::" + noun + " {\n\n";
        const QueryFile queries(file);
        for (const Block& block : queries.blocks()) {
            header += "inline constexpr ::aftercare::db::Query " + block.name + " = ";
            header += block.sqlite == block.postgres ? "::aftercare::db::Query::both(\"" : "::aftercare::db::Query(\"";
            header += noun + "." + block.name + "\",\n" + literal(block.sqlite);
            header += (block.sqlite == block.postgres ? "" : ",\n" + literal(block.postgres)) + ");\n\n";
            list += "    &" + noun + "::" + block.name + ",\n";
            ++count;
        }
        write(out / (noun + ".hpp"), header + "}  // namespace " + space + "::" + noun + "\n");
        includes += "#include \"" + prefix + "/" + noun + ".hpp\"\n";
    }
    write(out / "all.hpp", "#pragma once\n#include <array>\n\n#include \"db/query.hpp\"\n" + includes + "\nnamespace " + space +
                               " {\n\n/// Every embedded statement.\ninline constexpr std::array<const ::aftercare::db::Query*, " +
                               std::to_string(count) + "> kAll{\n" + list +
                               "};\nconstexpr std::span<const ::aftercare::db::Query* const> all() { return kAll; }\n\n}  // namespace " +
                               space + "\n");
}

struct Pair {
    std::string name, sqlite, postgres;
};

// "0007_add_notes.sql", or the pair "0007_add_notes.sqlite.sql" and "….postgres.sql".
void take_migration(const fs::path& file, std::map<int, Pair>& found) {
    std::string name = file.stem().string(), dialect;
    if (const auto dot = name.find('.'); dot != std::string::npos) {
        dialect = name.substr(dot + 1);
        name.erase(dot);
    }
    const bool numbered = name.size() > 5 && name[4] == '_' && name.find_first_not_of("0123456789") == 4;
    const bool known = dialect.empty() || dialect == "sqlite" || dialect == "postgres";
    if (!numbered || !known || !is_name(name.substr(5))) refuse(file, 1, "expected NNNN_name[.sqlite|.postgres].sql");
    Pair& pair = found[std::stoi(name.substr(0, 4))];
    const std::string text = read(file);
    if (!pair.name.empty() && pair.name != name.substr(5)) refuse(file, 1, "this number is taken by " + pair.name);
    pair.name = name.substr(5);
    for (std::string* side : {&pair.sqlite, &pair.postgres}) {
        if (dialect == (side == &pair.sqlite ? "postgres" : "sqlite")) continue;
        if (!side->empty()) refuse(file, 1, "given twice");
        *side = text;
    }
}

void write_migrations(const std::vector<fs::path>& files, const std::string& space, const std::string& prefix, const fs::path& out) {
    std::map<int, Pair> found;
    for (const fs::path& file : files) take_migration(file, found);
    std::string list;
    int expected = 1;
    for (const auto& [version, pair] : found) {
        if (version != expected++) throw std::runtime_error("migration " + std::to_string(expected - 1) + " is missing");
        if (pair.sqlite.empty() || pair.postgres.empty()) throw std::runtime_error(pair.name + ": half of a pair is missing");
        list += "    {" + std::to_string(version) + ", \"" + pair.name + "\", " + literal(pair.sqlite) + ", " + literal(pair.postgres) + "},\n";
    }
    const std::string count = std::to_string(found.size());
    write(out / "migrations.hpp", "#pragma once\n#include <span>\n\n#include \"db/migrate.hpp\"\n\nnamespace " + space +
                                      " {\n\n/// The embedded migrations, by version.\nstd::span<const ::aftercare::db::Migration> migrations();\n\n}  // namespace " +
                                      space + "\n");
    write(out / "migrations.cpp", "#include \"" + prefix + "/migrations.hpp\"\n\n#include <array>\n\nnamespace " + space +
                                      " {\n\nstatic constexpr std::array<::aftercare::db::Migration, " + count + "> kMigrations{{\n" + list +
                                      "}};\n\nstd::span<const ::aftercare::db::Migration> migrations() { return kMigrations; }\n\n}  // namespace " +
                                      space + "\n");
}

}  // namespace

// embed_sql NAMESPACE PREFIX OUT --queries FILE… --migrations FILE…
int main(int argc, char** argv) try {
    const std::vector<std::string> args(argv + 1, argv + argc);
    if (args.size() < 3) throw std::runtime_error("usage: embed_sql NAMESPACE PREFIX OUT --queries FILE... --migrations FILE...");
    std::vector<fs::path> queries, migrations, *target = &queries;
    for (std::size_t i = 3; i < args.size(); ++i) {
        if (args[i] == "--queries") target = &queries;
        else if (args[i] == "--migrations") target = &migrations;
        else target->emplace_back(args[i]);
    }
    std::sort(queries.begin(), queries.end());
    std::sort(migrations.begin(), migrations.end());
    fs::create_directories(args[2]);
    write_queries(queries, args[0], args[1], args[2]);
    write_migrations(migrations, args[0], args[1], args[2]);
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
}
