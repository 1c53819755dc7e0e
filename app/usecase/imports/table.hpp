#pragma once
#include <aftercare/base/result.hpp>
#include <filesystem>
#include <fstream>
#include <istream>
#include <memory>
#include <string>

#include "env/csv.hpp"

/// A file of rows, whatever it is written in.
namespace aftercare::usecase::imports {

/// CSV with commas, semicolons or tabs, in any charset that env::Utf8Stream knows; the same packed with gzip; XLSX (its first
/// sheet, unpacked into a file without a name). What it is is learned from its bytes, never from its name. Not thread safe.
class Table {
   public:
    /// `scratch`: a folder for what is unpacked; empty: the system's.
    /// `invalid` "file_missing", "file_empty", "old_workbook" (.xls), "not_a_workbook", "workbook_too_large".
    static Result<std::unique_ptr<Table>> open(const std::filesystem::path& file, const std::filesystem::path& scratch);
    ~Table();

    env::CsvStep next(env::CsvRow& row);
    /// Of the file's bytes, for progress.
    [[nodiscard]] std::int64_t position() const;
    [[nodiscard]] std::int64_t bytes() const { return bytes_; }
    /// "csv" or "xlsx", what parts its fields, and what its text was written in, as far as was read.
    [[nodiscard]] const std::string& format() const { return format_; }
    [[nodiscard]] char separator() const { return separator_; }
    [[nodiscard]] std::string_view charset() const;

   private:
    struct Stream;
    Table() = default;
    std::string format_ = "csv";
    char separator_ = ',';
    std::int64_t bytes_ = 0, unpacked_bytes_ = 0;
    std::unique_ptr<Stream> stream_;
    std::unique_ptr<env::CsvReader> reader_;
};

}  // namespace aftercare::usecase::imports
