#include "usecase/imports/table.hpp"

#include <Poco/InflatingStream.h>

#include <algorithm>
#include <array>
#include <optional>

#include "env/utf8_stream.hpp"
#include "env/xlsx.hpp"

namespace aftercare::usecase::imports {
namespace {

namespace fs = std::filesystem;

std::string first_bytes(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::array<char, 8> head{};
    in.read(head.data(), head.size());
    return {head.data(), static_cast<std::size_t>(in.gcount())};
}

// What occurs most outside quotes in the first line.
char separator_of(std::istream& text) {
    std::array<std::size_t, 3> counts{};
    static constexpr std::string_view kMarks = ",\t;";
    bool quoted = false;
    for (int c = text.get(), n = 0; c != EOF && (c != '\n' || quoted) && n < 65'536; c = text.get(), ++n) {
        if (c == '"') quoted = !quoted;
        if (const auto at = kMarks.find(static_cast<char>(c)); !quoted && at != kMarks.npos) ++counts[at];
    }
    return kMarks[static_cast<std::size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

}  // namespace

struct Table::Stream {
    Stream(const fs::path& path, bool packed) : file(path, std::ios::binary) {
        if (packed) inflated.emplace(file, Poco::InflatingStreamBuf::STREAM_GZIP);
        text.emplace(packed ? static_cast<std::istream&>(*inflated) : file);
        in.emplace(&*text);
    }
    std::ifstream file;
    std::optional<Poco::InflatingInputStream> inflated;
    std::optional<env::Utf8Stream> text;
    std::optional<std::istream> in;
};

Table::~Table() {
    std::error_code ignored;
    if (!unpacked_.empty()) fs::remove(unpacked_, ignored);  // a file left behind is swept with its folder
}

Result<std::unique_ptr<Table>> Table::open(const fs::path& file) {
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    if (failed) return fail(ErrorKind::invalid, "file_missing");
    if (size == 0) return fail(ErrorKind::invalid, "file_empty");
    std::unique_ptr<Table> table(new Table);
    table->bytes_ = static_cast<std::int64_t>(size);
    const std::string head = first_bytes(file);
    if (head.starts_with("\xD0\xCF\x11\xE0")) return fail(ErrorKind::invalid, "old_workbook");
    fs::path rows = file;
    if (head.starts_with("PK\x03\x04")) {
        table->format_ = "xlsx";
        table->unpacked_ = rows = file.string() + ".unpacked.csv";
        std::ofstream csv(rows, std::ios::binary);
        AC_CHECK(env::xlsx_to_csv(file, csv));
        csv.close();
        if (!csv) return fail(Error{ErrorKind::unavailable, "disk_full", {}, {}, {}, "cannot write " + rows.string()});
    }
    const bool packed = head.starts_with("\x1F\x8B");
    if (table->format_ == "csv") {
        Stream first_look(rows, packed);
        table->separator_ = separator_of(*first_look.in);
    }
    table->stream_ = std::make_unique<Stream>(rows, packed);
    table->reader_ = std::make_unique<env::CsvReader>(*table->stream_->in, env::CsvLimits{}, table->separator_);
    return table;
}

env::CsvStep Table::next(env::CsvRow& row) { return reader_->next(row); }

std::int64_t Table::position() const {
    if (stream_->inflated) return std::max<std::int64_t>(0, static_cast<std::int64_t>(stream_->file.tellg()));
    if (unpacked_.empty()) return stream_->text->position();
    std::error_code failed;
    const auto whole = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::filesystem::file_size(unpacked_, failed)));
    return static_cast<std::int64_t>(static_cast<double>(stream_->text->position()) / static_cast<double>(whole) * static_cast<double>(bytes_));
}

std::string_view Table::charset() const { return word(stream_->text->charset()); }

}  // namespace aftercare::usecase::imports
