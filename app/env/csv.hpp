#pragma once
#include <cstddef>
#include <cstdint>
#include <istream>
#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace aftercare::env {

/// What a hostile file may make us hold, in bytes and fields.
struct CsvLimits {
    std::size_t row_bytes = 1 << 20;
    std::size_t fields = 1'000;
};

/// One record. Reuse one object for a whole file: its buffers stay.
struct CsvRow {
    std::int64_t number = 0;  ///< 1 is the first record of the file (the header, if it has one); blank lines do not count
    std::int64_t line = 0;    ///< the physical line it starts on, from 1
    std::vector<std::string> fields;  ///< empty when bad
    std::string raw;          ///< its bytes without the line end; of a row too long, the first `row_bytes`
    std::string_view reason;  ///< of a bad row: text_after_quote, quote_in_field, quote_not_closed, row_too_long,
                              ///< too_many_fields, nul_byte, bare_carriage_return, read_failed
};

enum class CsvStep { row, bad, end };

/// Streams RFC 4180 out of `in`: LF or CRLF, quoted fields, an UTF-8 BOM is skipped. Holds one row at a time. Never throws on
/// bad input: a bad record is reported with its number and reason, costs its first line only, and reading goes on behind it.
/// Bytes pass as they are; encodings are the caller's matter. Borrows `in`. Not thread safe.
class CsvReader {
   public:
    explicit CsvReader(std::istream& in, CsvLimits limits = {}, char separator = ',');
    CsvStep next(CsvRow& row);
    /// Bytes consumed so far, for progress.
    std::int64_t position() const { return position_; }

   private:
    bool have(std::size_t offset) { return at_ + offset < buffer_.size() || fill(offset); }
    bool fill(std::size_t offset);
    char byte(std::size_t offset) const { return buffer_[at_ + offset]; }
    void consume(std::size_t bytes);
    std::size_t line_end(std::size_t offset);
    void skip_blank_lines();
    std::string_view parse(std::vector<std::string>& fields, std::size_t& used);
    std::string_view plain_field(std::string& field, std::size_t& used);
    std::string_view quoted_field(std::string& field, std::size_t& used);
    CsvStep refuse(CsvRow& row, std::string_view reason);

    std::istream& in_;
    CsvLimits limits_;
    char separator_;
    std::string buffer_;  // read and not yet consumed from at_ on; a record starts at at_
    std::size_t at_ = 0;
    std::int64_t position_ = 0, rows_ = 0, lines_ = 0;
    bool failed_ = false;
};

/// Writes rows that end in CRLF. Cells that a spreadsheet would run as a formula (first character = + - @ tab or CR, and not a
/// plain number) get a leading apostrophe. Failures are the stream's state. Borrows `out`.
class CsvWriter {
   public:
    /// `bom`: Chinese Excel misreads UTF-8 without it.
    explicit CsvWriter(std::ostream& out, bool bom = true);
    void row(std::span<const std::string> cells);

   private:
    std::ostream& out_;
};

}  // namespace aftercare::env
