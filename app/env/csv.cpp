#include "env/csv.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace aftercare::env {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

/// "-12.50", "+3", "7": what a spreadsheet reads as a number, so it needs no guard.
bool is_number(std::string_view cell) {
    if (!cell.empty() && (cell[0] == '-' || cell[0] == '+')) cell.remove_prefix(1);
    const auto dots = std::count(cell.begin(), cell.end(), '.');
    const auto digits = std::count_if(cell.begin(), cell.end(), [](unsigned char c) { return std::isdigit(c); });
    return digits > 0 && dots <= 1 && std::size_t(digits + dots) == cell.size();
}

void write_cell(std::ostream& out, std::string_view cell, bool alone) {
    const bool formula = cell.find_first_of("=+-@\t\r") == 0 && !is_number(cell);
    const bool quoted = cell.find_first_of(",\"\r\n") != cell.npos || (cell.empty() && alone);
    if (quoted) out << '"';
    if (formula) out << '\'';
    for (const char c : cell) {
        if (c == '"') out << '"';
        out << c;
    }
    if (quoted) out << '"';
}

}  // namespace

CsvReader::CsvReader(std::istream& in, CsvLimits limits, char separator)
    : in_(in), limits_(limits), separator_(separator) {
    if (have(kBom.size() - 1) && buffer_.starts_with(kBom)) consume(kBom.size());
}

CsvStep CsvReader::next(CsvRow& row) {
    skip_blank_lines();
    row.reason = {};
    row.line = lines_ + 1;
    if (have(0)) {
        row.number = ++rows_;
        std::size_t used = 0;
        if (const auto reason = parse(row.fields, used); !reason.empty()) return refuse(row, reason);
        row.raw.assign(buffer_, at_, used);
        consume(used + line_end(used));
        return CsvStep::row;
    }
    if (!in_.bad() || failed_) return CsvStep::end;
    failed_ = true;
    row.number = ++rows_;
    return refuse(row, "read_failed");
}

/// Reads on until the byte at `offset` is there; false at the end of the input.
bool CsvReader::fill(std::size_t offset) {
    buffer_.erase(0, at_);
    at_ = 0;
    std::array<char, 65'536> chunk;
    while (buffer_.size() <= offset && in_) {
        in_.read(chunk.data(), chunk.size());
        buffer_.append(chunk.data(), static_cast<std::size_t>(in_.gcount()));
    }
    return buffer_.size() > offset;
}

void CsvReader::consume(std::size_t bytes) {
    const auto from = buffer_.begin() + static_cast<std::ptrdiff_t>(at_);
    lines_ += std::count(from, from + static_cast<std::ptrdiff_t>(bytes), '\n');
    at_ += bytes;
    position_ += static_cast<std::int64_t>(bytes);
}

/// The length of the line end at `offset`: 1, 2, or 0 when there is none.
std::size_t CsvReader::line_end(std::size_t offset) {
    if (!have(offset)) return 0;
    if (byte(offset) == '\n') return 1;
    return byte(offset) == '\r' && have(offset + 1) && byte(offset + 1) == '\n' ? 2 : 0;
}

void CsvReader::skip_blank_lines() {
    while (const std::size_t bytes = line_end(0)) consume(bytes);
}

/// Reads the record at at_: `used` is its length without the line end. Answers a reason, or nothing when it is well formed.
std::string_view CsvReader::parse(std::vector<std::string>& fields, std::size_t& used) {
    std::size_t count = 0;
    while (true) {
        if (count == limits_.fields) return "too_many_fields";
        if (fields.size() == count) fields.emplace_back();
        std::string& field = fields[count++];
        if (have(used + 1) && byte(used) == '=' && byte(used + 1) == '"') ++used;  // ="0123" keeps a number's zeros in a spreadsheet
        const bool quoted = have(used) && byte(used) == '"';
        const auto reason = quoted ? quoted_field(field, used) : plain_field(field, used);
        if (!reason.empty()) return reason;
        if (!have(used) || line_end(used) > 0) break;
        if (byte(used) == '\r') return "bare_carriage_return";
        if (byte(used) != separator_) return "text_after_quote";
        ++used;
    }
    fields.resize(count);
    return {};
}

std::string_view CsvReader::plain_field(std::string& field, std::size_t& used) {
    const std::size_t from = used;
    for (; have(used); ++used) {
        const char c = byte(used);
        if (c == separator_ || c == '\n' || c == '\r') break;
        if (c == '"') return "quote_in_field";
        if (c == '\0') return "nul_byte";
        if (used >= limits_.row_bytes) return "row_too_long";
    }
    field.assign(buffer_, at_ + from, used - from);
    return {};
}

std::string_view CsvReader::quoted_field(std::string& field, std::size_t& used) {
    field.clear();
    for (++used; have(used); ++used) {
        const char c = byte(used);
        if (c == '\0') return "nul_byte";
        if (used >= limits_.row_bytes) return "row_too_long";
        if (c == '"' && !(have(used + 1) && byte(used + 1) == '"')) {
            ++used;
            return {};
        }
        if (c == '"') ++used;
        field += c;
    }
    return "quote_not_closed";
}

/// Gives up one physical line only, so that a stray quote does not swallow the rows behind it. Linear all the same: quotes
/// open only at a field's start, so a line that opens one cannot also lie inside one, and is not read a third time.
CsvStep CsvReader::refuse(CsvRow& row, std::string_view reason) {
    row.fields.clear();
    row.raw.clear();
    row.reason = reason;
    for (bool ended = false; !ended && have(0);) {
        const std::size_t end = buffer_.find('\n', at_);
        ended = end != buffer_.npos;
        const std::size_t bytes = std::min(end, buffer_.size()) - at_;
        row.raw.append(buffer_, at_, std::min(bytes, limits_.row_bytes - row.raw.size()));
        consume(bytes + (ended ? 1 : 0));
    }
    if (row.raw.ends_with('\r')) row.raw.pop_back();
    return CsvStep::bad;
}

CsvWriter::CsvWriter(std::ostream& out, bool bom) : out_(out) {
    if (bom) out_ << kBom;
}

void CsvWriter::row(std::span<const std::string> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out_ << ',';
        write_cell(out_, cells[i], cells.size() == 1);
    }
    out_ << "\r\n";
}

}  // namespace aftercare::env
