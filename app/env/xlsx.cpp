#include "env/xlsx.hpp"

#include <Poco/SAX/Attributes.h>
#include <Poco/SAX/DefaultHandler.h>
#include <Poco/SAX/InputSource.h>
#include <Poco/SAX/SAXParser.h>
#include <Poco/Zip/ZipArchive.h>
#include <Poco/Zip/ZipStream.h>

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace aftercare::env {
namespace {

namespace xml = Poco::XML;

/// Counts what was unpacked; a bomb ends early, and so does a part whose handler has had enough. (A streambuf cannot throw: the
/// stream on top would swallow it; neither can a handler, through a parser written in C.)
class Bounded final : public std::streambuf {
   public:
    Bounded(std::istream& in, std::int64_t limit, const bool& enough) : in_(in), left_(limit), enough_(enough) {}
    [[nodiscard]] bool exceeded() const { return left_ < 0 || enough_; }

   protected:
    int_type underflow() override {
        if (enough_) return traits_type::eof();
        in_.read(chunk_.data(), chunk_.size());
        const auto got = in_.gcount();
        if (got <= 0) return traits_type::eof();
        if ((left_ -= got) < 0) return traits_type::eof();
        setg(chunk_.data(), chunk_.data(), chunk_.data() + got);
        return traits_type::to_int_type(*gptr());
    }

   private:
    std::istream& in_;
    std::int64_t left_;
    const bool& enough_;
    std::array<char, 64 * 1'024> chunk_;
};

std::string local(const xml::XMLString& name) {
    const auto colon = name.find(':');
    return colon == name.npos ? name : name.substr(colon + 1);
}

/// Elements by their local name; whatever prefix the writer chose.
class Handler : public xml::DefaultHandler {
   public:
    virtual void begin(const std::string& name, const xml::Attributes& attributes) = 0;
    virtual void end(const std::string&) {}
    virtual void text(const char*, std::size_t) {}
    bool too_large = false;

   private:
    void startElement(const xml::XMLString&, const xml::XMLString&, const xml::XMLString& qname, const xml::Attributes& a) final {
        begin(local(qname), a);
    }
    void endElement(const xml::XMLString&, const xml::XMLString&, const xml::XMLString& qname) final { end(local(qname)); }
    void characters(const xml::XMLChar text_of[], int start, int length) final {
        text(text_of + start, static_cast<std::size_t>(length));
    }
};

bool is_date_code(const std::string& code) {
    bool quoted = false, bracket = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == '\\') ++i;
        else if (c == '"') quoted = !quoted;
        else if (c == '[') bracket = true;
        else if (c == ']') bracket = false;
        else if (!quoted && !bracket && std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) return true;
    }
    return false;
}

/// Which cell styles show a number as a date.
class Styles final : public Handler {
   public:
    std::vector<bool> is_date;  // by style index

    void begin(const std::string& name, const xml::Attributes& a) override {
        if (name == "numFmt" && is_date_code(a.getValue("formatCode"))) codes_.insert(a.getValue("numFmtId"));
        if (name == "cellXfs") inside_ = true;
        if (name == "xf" && inside_) is_date.push_back(is_built_in(a.getValue("numFmtId")) || codes_.contains(a.getValue("numFmtId")));
    }
    void end(const std::string& name) override {
        if (name == "cellXfs") inside_ = false;
    }

   private:
    static bool is_built_in(const std::string& text) {
        int id = 0;
        std::from_chars(text.data(), text.data() + text.size(), id);
        return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
    }
    std::set<std::string> codes_;
    bool inside_ = false;
};

constexpr std::size_t kMostCell = 4 * 32'767;  // bytes: a cell of Excel holds 32,767 characters
constexpr std::size_t kMostRow = 4 << 20;

class Strings final : public Handler {
   public:
    explicit Strings(std::int64_t limit) : left_(limit) {}
    std::vector<std::string> all;

    void begin(const std::string& name, const xml::Attributes&) override {
        if (name == "si" && takes(sizeof(std::string))) all.emplace_back();
        if (name == "rPh") phonetic_ = true;
        in_text_ = name == "t" && !phonetic_;
    }
    void end(const std::string& name) override {
        if (name == "rPh") phonetic_ = false;
        in_text_ = false;
    }
    void text(const char* from, std::size_t size) override {
        if (!in_text_ || all.empty() || !takes(size)) return;
        if (all.back().size() + size > kMostCell) too_large = true;
        else all.back().append(from, size);
    }

   private:
    bool takes(std::size_t bytes) {
        if ((left_ -= static_cast<std::int64_t>(bytes)) < 0) too_large = true;
        return !too_large;
    }
    std::int64_t left_;
    bool in_text_ = false, phonetic_ = false;
};

/// Where the first sheet lies, and whether days count from 1904.
class Workbook final : public Handler {
   public:
    std::string first_id;
    bool from_1904 = false;
    void begin(const std::string& name, const xml::Attributes& a) override {
        if (name == "sheet" && first_id.empty())
            for (int i = 0; i < a.getLength(); ++i)
                if (a.getQName(i).find(':') != std::string::npos && local(a.getQName(i)) == "id") first_id = a.getValue(i);
        if (name == "workbookPr") from_1904 = a.getValue("date1904") == "1" || a.getValue("date1904") == "true";
    }
};
class Relations final : public Handler {
   public:
    std::map<std::string, std::string> targets;
    void begin(const std::string& name, const xml::Attributes& a) override {
        if (name == "Relationship") targets[a.getValue("Id")] = a.getValue("Target");
    }
};

/// A serial day ("40148.3229") as a date; days count from 1899-12-30, or from 1904-01-01.
std::string date_text(double serial, bool from_1904) {
    const auto seconds = std::llround((serial + (from_1904 ? 1462 : 0)) * 86'400.0);
    std::int64_t days = seconds / 86'400 - 25'569;  // from 1970-01-01
    const auto rest = seconds % 86'400;
    // civil from days (Howard Hinnant, chrono-compatible low-level date algorithms)
    days += 719'468;
    const auto era = days / 146'097, doe = days % 146'097;
    const auto yoe = (doe - doe / 1'460 + doe / 36'524 - doe / 146'096) / 365;
    const auto doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    const auto day = doy - (153 * mp + 2) / 5 + 1, month = mp < 10 ? mp + 3 : mp - 9, year = yoe + era * 400 + (month <= 2 ? 1 : 0);
    std::array<char, 96> out;
    std::snprintf(out.data(), out.size(), "%04lld-%02lld-%02lld %02lld:%02lld:%02lld", static_cast<long long>(year),
                  static_cast<long long>(month), static_cast<long long>(day), static_cast<long long>(rest / 3'600),
                  static_cast<long long>(rest / 60 % 60), static_cast<long long>(rest % 60));
    return out.data();
}

class Sheet final : public Handler {
   public:
    Sheet(std::ostream& out, const std::vector<std::string>& strings, const Styles& styles, bool from_1904, const XlsxLimits& limits)
        : out_(out), strings_(strings), styles_(styles), from_1904_(from_1904), columns_(limits.columns), left_(limits.sheet_bytes) {}

    void begin(const std::string& name, const xml::Attributes& a) override {
        if (name == "row") cells_.clear(), at_ = 0, row_bytes_ = 0;
        if (name == "c") {
            const auto where = a.getValue("r");
            if (!where.empty()) at_ = column_of(where);
            type_ = a.getValue("t");
            style_ = 0;
            const auto style = a.getValue("s");
            std::from_chars(style.data(), style.data() + style.size(), style_);
            value_.clear();
        }
        takes_ = name == "v" || name == "t";
    }
    void text(const char* from, std::size_t size) override {
        if (takes_ && value_.size() + size <= kMostCell) value_.append(from, size);
    }
    void end(const std::string& name) override {
        takes_ = false;
        if (name == "c") {
            if (!value_.empty()) put(shown());
            ++at_;
        }
        if (name == "row" && !cells_.empty()) write();
    }

   private:
    void put(std::string text) {
        row_bytes_ += text.size() + 1;
        if (at_ >= columns_ || row_bytes_ > kMostRow) return void(too_large = true);
        if (cells_.size() <= at_) cells_.resize(at_ + 1);
        cells_[at_] = std::move(text);
    }

    static std::size_t column_of(const std::string& where) {
        std::size_t column = 0;
        for (const char c : where) {
            if (c < 'A' || c > 'Z' || column > 20'000) break;
            column = column * 26 + static_cast<std::size_t>(c - 'A' + 1);
        }
        return column == 0 ? 0 : column - 1;
    }

    std::string shown() const {
        if (type_ == "s") {
            std::size_t index = strings_.size();
            std::from_chars(value_.data(), value_.data() + value_.size(), index);
            return index < strings_.size() ? strings_[index] : std::string();
        }
        if (type_ == "inlineStr" || type_ == "str" || type_ == "b" || type_ == "e" || type_ == "d") return value_;
        double number = 0;
        const auto [end, failed] = std::from_chars(value_.data(), value_.data() + value_.size(), number);
        if (failed != std::errc{} || end != value_.data() + value_.size()) return value_;
        if (style_ < styles_.is_date.size() && styles_.is_date[style_] && number >= 1 && number < 2'958'466) return date_text(number, from_1904_);
        std::array<char, 400> out;
        // beyond 15 digits the workbook has lost some: the form with an exponent says so
        const auto form = std::abs(number) < 1e15 ? std::chars_format::fixed : std::chars_format::scientific;
        const auto written = std::to_chars(out.data(), out.data() + out.size(), number, form);
        return {out.data(), written.ptr};
    }

    void write() {
        left_ -= static_cast<std::int64_t>(row_bytes_);
        if (left_ < 0 || too_large) return void(too_large = true);
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            if (i > 0) out_ << ',';
            if (cells_[i].find_first_of(",\"\r\n") == std::string::npos) {
                out_ << cells_[i];
                continue;
            }
            out_ << '"';
            for (const char c : cells_[i]) c == '"' ? out_ << "\"\"" : out_ << c;
            out_ << '"';
        }
        out_ << '\n';
    }

    std::ostream& out_;
    const std::vector<std::string>& strings_;
    const Styles& styles_;
    const bool from_1904_;
    const std::size_t columns_;
    std::int64_t left_;  // bytes of CSV
    std::vector<std::string> cells_;
    std::size_t at_ = 0, style_ = 0, row_bytes_ = 0;
    std::string type_, value_;
    bool takes_ = false;
};

class Archive {
   public:
    explicit Archive(const std::filesystem::path& file) : in_(file, std::ios::binary), zip_(in_) {}

    /// False when there is no such part.
    bool parse(const std::string& name, Handler& handler, std::int64_t limit) {
        const auto found = zip_.findHeader(name);
        if (found == zip_.headerEnd()) return false;
        in_.clear();
        Poco::Zip::ZipInputStream part(in_, found->second);
        Bounded bounded(part, limit, handler.too_large);
        std::istream bytes(&bounded);
        xml::InputSource source(bytes);
        xml::SAXParser parser;
        parser.setFeature(xml::XMLReader::FEATURE_NAMESPACES, false);
        parser.setFeature(xml::XMLReader::FEATURE_EXTERNAL_GENERAL_ENTITIES, false);
        parser.setFeature(xml::XMLReader::FEATURE_EXTERNAL_PARAMETER_ENTITIES, false);
        parser.setContentHandler(&handler);
        try {
            parser.parse(&source);
        } catch (const Poco::Exception&) {
            if (!bounded.exceeded()) throw;
        }
        too_large = too_large || bounded.exceeded() || handler.too_large;
        return true;
    }

    bool too_large = false;

   private:
    std::ifstream in_;
    Poco::Zip::ZipArchive zip_;
};

constexpr std::int64_t kSmallPart = 16 << 20;

bool read_workbook(Archive& archive, std::ostream& csv, const XlsxLimits& limits) {
    Workbook workbook;
    Relations relations;
    Styles styles;
    Strings strings(limits.string_bytes);
    if (!archive.parse("xl/workbook.xml", workbook, kSmallPart) || !archive.parse("xl/_rels/workbook.xml.rels", relations, kSmallPart))
        return false;
    std::string target = relations.targets[workbook.first_id];
    if (target.empty()) return false;
    target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    archive.parse("xl/styles.xml", styles, kSmallPart);
    archive.parse("xl/sharedStrings.xml", strings, 4 * limits.string_bytes);
    Sheet sheet(csv, strings.all, styles, workbook.from_1904, limits);
    return archive.parse(target, sheet, limits.sheet_bytes);
}

}  // namespace

Result<void> xlsx_to_csv(const std::filesystem::path& file, std::ostream& csv, const XlsxLimits& limits) {
    try {
        Archive archive(file);
        const bool found = read_workbook(archive, csv, limits);
        if (archive.too_large) return fail(ErrorKind::invalid, "workbook_too_large");
        if (!found) return fail(ErrorKind::invalid, "not_a_workbook");
    } catch (const Poco::Exception& error) {
        return fail(Error{ErrorKind::invalid, "not_a_workbook", {}, {}, {}, error.displayText()});
    }
    return {};
}

}  // namespace aftercare::env
