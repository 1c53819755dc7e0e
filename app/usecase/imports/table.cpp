#include "usecase/imports/table.hpp"

#include <Poco/InflatingStream.h>
#include <unistd.h>

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

/// A file of its own in a folder, gone with the object; who opened it by then reads on.
class Scratch {
   public:
    explicit Scratch(const fs::path& folder) : path_((folder.empty() ? fs::temp_directory_path() : folder) / "unpacked-XXXXXX") {
        const int made = ::mkstemp(path_.data());
        if (made < 0) path_.clear();
        else ::close(made);
    }
    ~Scratch() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }  // empty: none could be made

   private:
    std::string path_;
};

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

Table::~Table() = default;

Result<std::unique_ptr<Table>> Table::open(const fs::path& file, const fs::path& scratch) {
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    if (failed) return fail(ErrorKind::invalid, "file_missing");
    if (size == 0) return fail(ErrorKind::invalid, "file_empty");
    std::unique_ptr<Table> table(new Table);
    table->bytes_ = static_cast<std::int64_t>(size);
    const std::string head = first_bytes(file);
    if (head.starts_with("\xD0\xCF\x11\xE0")) return fail(ErrorKind::invalid, "old_workbook");
    fs::path rows = file;
    std::optional<Scratch> unpacked;
    if (head.starts_with("PK\x03\x04")) {
        table->format_ = "xlsx";
        rows = unpacked.emplace(scratch).path();
        std::ofstream csv(rows, std::ios::binary);
        if (csv) {
            AC_CHECK(env::xlsx_to_csv(file, csv));
        }
        table->unpacked_bytes_ = std::max<std::int64_t>(1, static_cast<std::int64_t>(csv.tellp()));
        csv.close();
        if (!csv) return fail(Error{ErrorKind::unavailable, "disk_full", {}, {}, {}, "the workbook could not be unpacked in " + scratch.string()});
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
    if (unpacked_bytes_ == 0) return stream_->text->position();
    return static_cast<std::int64_t>(static_cast<double>(stream_->text->position()) / static_cast<double>(unpacked_bytes_) * static_cast<double>(bytes_));
}

std::string_view Table::charset() const { return word(stream_->text->charset()); }

}  // namespace aftercare::usecase::imports
