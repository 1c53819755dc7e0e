#include "usecase/imports/columns.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "usecase/imports/embedded.hpp"

namespace aftercare::usecase::imports {
namespace {

using F = Field;

struct KindFields {
    ImportKind kind;
    std::vector<std::vector<Field>> needed;  // one of each group
    std::vector<Field> other;
};

const std::vector<KindFields>& kinds() {
    static const std::vector<Field> person{F::customer, F::nick,    F::phone,    F::email,  F::wechat, F::country,
                                           F::province, F::city,    F::district, F::street, F::remark};
    static const std::vector<KindFields> all = [] {
        std::vector<KindFields> made{
            {ImportKind::orders,
             {{F::number}, {F::sku, F::name}, {F::qty}, {F::placed_at}, {F::price, F::amount, F::total}},
             {F::line_number, F::spec, F::shipping, F::discount, F::paid_at, F::shipped_at, F::delivered_at, F::status, F::receiver,
              F::carrier, F::tracking}},
            {ImportKind::customers, {{F::customer, F::phone, F::email, F::nick, F::name}}, {F::birthday, F::tags, F::party, F::created_at}},
            {ImportKind::products, {{F::sku}, {F::name}}, {F::spec, F::category, F::price, F::barcode, F::image}},
            {ImportKind::after_sales,
             {{F::return_number}, {F::number}, {F::return_kind}, {F::return_status}, {F::applied_at}},
             {F::sku, F::name, F::return_qty, F::return_minor, F::return_reason, F::finished_at, F::carrier, F::tracking, F::nick}},
            {ImportKind::reviews, {{F::number, F::nick}, {F::review}, {F::reviewed_at}}, {F::rating, F::name, F::sku, F::review_number}},
        };
        for (const std::size_t at : {std::size_t{0}, std::size_t{1}}) made[at].other.insert(made[at].other.end(), person.begin(), person.end());
        return made;
    }();
    return all;
}

const KindFields& of(ImportKind kind) {
    return *std::find_if(kinds().begin(), kinds().end(), [&](const KindFields& k) { return k.kind == kind; });
}

std::string_view name_of(Field field) { return kFieldNames[static_cast<std::size_t>(field)]; }

using Spellings = std::map<std::string, std::vector<std::string>>;
const Spellings& spellings() {
    static const Spellings all = [] {
        Spellings made;
        const auto json = nlohmann::json::parse(kSpellings);
        for (const auto& [field, words] : json.items())
            for (const auto& each : words) made[field].push_back(plain_heading(each.get<std::string>()));
        return made;
    }();
    return all;
}

const std::vector<std::string>& spellings_of(ImportKind kind, Field field) {
    const std::string name(name_of(field));
    const auto own = spellings().find(std::string(word(kind)) + "." + name);
    return own != spellings().end() ? own->second : spellings().at(name);
}

int find_heading(std::span<const std::string> header, std::string_view wanted) {
    const std::string plain = plain_heading(wanted);
    for (std::size_t i = 0; i < header.size(); ++i)
        if (plain_heading(header[i]) == plain) return static_cast<int>(i);
    return -1;
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string_view{} : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

}  // namespace

const std::vector<Preset>& presets() {
    static const std::vector<Preset> all = [] {
        std::vector<Preset> made;
        for (const auto& each : nlohmann::json::parse(kPresets)) made.push_back(from_json<Preset>(each, true).value());
        return made;
    }();
    return all;
}

std::string plain_heading(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (const auto u = static_cast<unsigned char>(c); u >= 0x80 || std::isalnum(u)) out.push_back(static_cast<char>(std::tolower(u)));
    for (const auto& [full, half] : {std::pair{"（", ""}, std::pair{"）", ""}, std::pair{"：", ""}})
        for (auto at = out.find(full); at != std::string::npos; at = out.find(full)) out.replace(at, 3, half);
    return out;
}

std::string_view Columns::text(std::span<const std::string> row, Field field) const {
    const int at = (*this)[field];
    if (at < 0 || static_cast<std::size_t>(at) >= row.size()) return {};
    std::string_view text = trim(row[static_cast<std::size_t>(at)]);
    if (text.size() >= 3 && text.starts_with("=\"") && text.ends_with('"')) text = trim(text.substr(2, text.size() - 3));
    else if (text.size() > 1 && text.starts_with('\'')) text = trim(text.substr(1));
    return text;
}

Columns guess_columns(ImportKind kind, std::span<const std::string> header, const ImportMapping& mapping, std::vector<FieldError>& errors) {
    Columns found;
    std::vector<bool> told(kFields, false), taken(header.size(), false);
    const auto take = [&](Field field, int at) {
        found[field] = at;
        told[static_cast<std::size_t>(field)] = true;
        if (at >= 0) taken[static_cast<std::size_t>(at)] = true;
    };
    const auto field_called = [](std::string_view name) { return std::find(kFieldNames.begin(), kFieldNames.end(), name); };
    for (const auto& [name, heading] : mapping.columns) {
        const auto at = field_called(name);
        const int column = heading.empty() ? -1 : find_heading(header, heading);
        if (at == kFieldNames.end()) errors.push_back({"/columns/" + name, "unknown_field"});
        else if (!heading.empty() && column < 0) errors.push_back({"/columns/" + name, "column_not_in_file"});
        else take(static_cast<Field>(at - kFieldNames.begin()), column);
    }
    if (!mapping.preset.empty()) {
        const auto preset = std::find_if(presets().begin(), presets().end(), [&](const Preset& p) { return p.id == mapping.preset; });
        if (preset == presets().end()) errors.push_back({"/preset", "unknown_preset"});
        else if (preset->kind != kind) errors.push_back({"/preset", "preset_of_another_kind"});
        else
            for (const auto& [name, heading] : preset->columns)
                if (const auto field = static_cast<Field>(field_called(name) - kFieldNames.begin()); !told[static_cast<std::size_t>(field)])
                    if (const int column = heading.empty() ? -1 : find_heading(header, heading); heading.empty() || column >= 0) take(field, column);
    }
    for (const Field field : fields_of(kind)) {
        if (told[static_cast<std::size_t>(field)]) continue;
        for (const std::string& spelling : spellings_of(kind, field)) {
            const int at = find_heading(header, spelling);
            if (at < 0 || taken[static_cast<std::size_t>(at)]) continue;
            take(field, at);
            break;
        }
    }
    for (const auto& group : of(kind).needed)
        if (std::none_of(group.begin(), group.end(), [&](Field f) { return found.has(f); }))
            errors.push_back({"/columns/" + std::string(name_of(group.front())), "column_missing"});
    return found;
}

Result<Columns> find_columns(ImportKind kind, std::span<const std::string> header, const ImportMapping& mapping) {
    std::vector<FieldError> errors;
    const Columns found = guess_columns(kind, header, mapping, errors);
    if (errors.empty()) return found;
    const bool missing = std::any_of(errors.begin(), errors.end(), [](const FieldError& e) { return e.code == "column_missing"; });
    return fail(Error{ErrorKind::invalid, missing ? "columns_missing" : "invalid_fields", std::move(errors), {}, {}, {}});
}

std::vector<Field> needed_with(ImportKind kind, Field field) {
    for (const auto& group : of(kind).needed)
        if (std::find(group.begin(), group.end(), field) != group.end()) return group;
    return {};
}

std::vector<Field> fields_of(ImportKind kind) {
    std::vector<Field> all;
    const auto add = [&](Field f) {
        if (std::find(all.begin(), all.end(), f) == all.end()) all.push_back(f);
    };
    for (const auto& group : of(kind).needed)
        for (const Field f : group) add(f);
    for (const Field f : of(kind).other) add(f);
    return all;
}

}  // namespace aftercare::usecase::imports
