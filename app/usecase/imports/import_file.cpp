#include "usecase/imports/import_file.hpp"

#include <aftercare/connector/utf8.hpp>
#include <algorithm>
#include <deque>
#include <iterator>
#include <map>
#include <unordered_set>

#include "store/orders.hpp"
#include "store/products.hpp"
#include "usecase/imports/record_slice.hpp"

namespace aftercare::usecase::imports {
namespace {

constexpr std::int64_t kWindow = 2'000;  // rows an order may pause before it counts as whole
constexpr std::size_t kLeastRows = 100, kMostRows = 5'000;
constexpr std::int64_t kSliceMs = 40;
constexpr std::int64_t kQuietRows = 20'000;  // rows that come to nothing, after which progress is told all the same
constexpr std::size_t kMostContent = 16'000, kProductsAtOnce = 200;
constexpr std::size_t kMostNames = 500'000;  // of products, held at once; what is called otherwise still is not counted

// Collects the rows of each order until none came for kWindow rows; keeps the order in which they began.
class Window {
   public:
    /// False when the order has kMostLines rows already.
    bool add(Line line, std::int64_t row) {
        const std::string number = line.number;
        auto [at, is_new] = open_.try_emplace(number);
        if (is_new) order_.push_back(number);
        at->second.last_row = row;
        if (at->second.invoice.lines.size() >= kMostLines) return false;
        at->second.invoice.lines.push_back(std::move(line));
        return true;
    }
    std::vector<Invoice> take(std::int64_t row, bool all) {
        std::vector<Invoice> whole;
        while (!order_.empty() && (all || open_.at(order_.front()).last_row + kWindow < row)) {
            auto node = open_.extract(order_.front());
            order_.pop_front();
            whole.push_back(std::move(node.mapped().invoice));
        }
        return whole;
    }

   private:
    struct Open {
        Invoice invoice;
        std::int64_t last_row = 0;
    };
    std::map<std::string, Open> open_;
    std::deque<std::string> order_;
};

/// The products that an order file names, written when all is read: most rows name one that was named before.
struct Catalog {
    struct Entry {
        std::map<std::string, std::int64_t> names;
        bool charge = false;
    };
    std::map<std::string, Entry> by_sku;
    std::size_t held = 0;

    void see(const Invoice& invoice) {
        for (const Line& line : invoice.lines) {
            if (line.sku.empty() || (held >= kMostNames && !by_sku.contains(line.sku))) continue;
            Entry& entry = by_sku[line.sku];
            entry.charge = line.charge;
            if (held >= kMostNames && !entry.names.contains(line.name)) continue;
            held += ++entry.names[line.name] == 1 ? 1 : 0;
        }
    }
};

std::string channel_of(const ImportMapping& mapping) {
    const auto end = mapping.preset.find('_');
    const std::string platform = mapping.preset.substr(0, end);
    return platform == "taobao" || platform == "pinduoduo" || platform == "doudian" ? platform : "file";
}

// What of an earlier count comes from writing: the rest is counted anew when the file is read again.
ImportSummary written_part(ImportSummary sum) {
    sum.rows = sum.rejected = sum.adjustments = sum.customers = sum.milliseconds = 0;
    return sum;
}

class Import {
   public:
    Import(Context& ctx, const FileImport& in, Sheet sheet)
        : ctx_(ctx), in_(in), sheet_(std::move(sheet)), errors_(in.errors),
          run_{in.shop, in.run, channel_of(in.mapping), sheet_.columns.has(Field::line_number), in.mapping.dedupe, in.dry, &seen_},
          total_(written_part(in.before)) {}

    Result<ImportSummary> run() {
        const Instant began = ctx_.clock.now();
        errors_.row(std::vector<std::string>{"row", "line", "reason", "content"});
        env::CsvRow row;
        for (env::CsvStep step = in_.table.next(row); step != env::CsvStep::end; step = in_.table.next(row)) {
            ++total_.rows;
            ++quiet_rows_;
            if (step == env::CsvStep::bad) reject(row.number, row.line, row.reason, row.raw);
            else take(row);
            if (waits_for_slice()) AC_CHECK(flush(false));
        }
        AC_CHECK(flush(true));
        AC_CHECK(write_catalog());
        total_.customers = static_cast<std::int64_t>(people_.size());
        total_.milliseconds = (ctx_.clock.now() - began).ms;
        return total_;
    }

   private:
    bool waits_for_slice() const {
        return in_.kind == ImportKind::orders ? total_.rows % 500 == 0 : records_.size() >= slice_rows_ || quiet_rows_ >= kQuietRows;
    }

    void reject(std::int64_t row, std::int64_t line, std::string_view reason, const std::string& raw) {
        ++total_.rejected;
        errors_.row(std::vector<std::string>{std::to_string(row), std::to_string(line), std::string(reason), raw});
    }

    void take(const env::CsvRow& row) {
        if (in_.kind == ImportKind::orders) return take_line(row);
        auto record = read_record(row.fields);
        if (!record) return reject(row.number, row.line, record.error().code, row.raw);
        if (const auto* customer = std::get_if<CustomerRow>(&*record)) people_.insert(person_key(customer->person));
        records_.push_back({std::move(*record), row.number, row.line, row.raw});
    }

    Result<decltype(RecordRow::record)> read_record(const std::vector<std::string>& row) const {
        using Any = decltype(RecordRow::record);
        const auto any = [](auto read) -> Result<Any> {
            if (!read) return tl::unexpected(read.error());
            return Any(std::move(*read));
        };
        switch (in_.kind) {
            case ImportKind::customers: return any(read_customer(row, sheet_));
            case ImportKind::products: return any(read_product(row, sheet_));
            case ImportKind::after_sales: return any(read_after_sale(row, sheet_));
            default: return any(read_review(row, sheet_));
        }
    }

    void take_line(const env::CsvRow& row) {
        auto line = read_line(row.fields, sheet_);
        if (!line) return reject(row.number, row.line, line.error().code, row.raw);
        if (line->kind == RowKind::adjustment) {
            ++total_.adjustments;
            adjustments_.push_back({row.number, std::string(line->reason), std::string(utf8_prefix(row.raw, kMostContent))});
            return;
        }
        if (const auto key = person_key(line->person); !key.empty()) people_.insert(key);
        if (!window_.add(std::move(*line), total_.rows)) reject(row.number, row.line, "too_many_lines", row.raw);
    }

    Result<void> flush(bool all) {
        for (Invoice& invoice : window_.take(total_.rows, all)) {
            if (++units_read_ <= in_.done) {
                AC_CHECK(pass_over(invoice));
                continue;
            }
            waiting_rows_ += invoice.lines.size();
            waiting_.push_back(std::move(invoice));
            if (waiting_rows_ >= slice_rows_) AC_CHECK(write_slice());
        }
        if (records_.size() >= slice_rows_ || (all && !records_.empty())) AC_CHECK(write_records());
        if (all || adjustments_.size() >= slice_rows_ || quiet_rows_ >= kQuietRows) return write_slice();
        return {};
    }

    /// One transaction (of a dry run: a reading one): `fn(Tx&, const Guard&) → Result<ImportSummary>`, added to the total.
    template <class Fn>
    Result<void> slice(std::size_t rows, std::int64_t units, Fn&& fn) {
        const Guard guard{"system", {}, {}, {}, ctx_.clock.now()};
        const std::int64_t position = in_.table.position(), done = units_done_ + units;
        const auto write = [&](store::Tx& tx) -> Result<ImportSummary> {
            AC_TRY(const ImportSummary part, fn(tx, guard));
            if (in_.dry) return part;
            for (const auto& each : adjustments_) store::insert_adjustment(tx, in_.run, each);
            AC_CHECK(in_.checkpoint(tx, so_far(part), position, done));
            return part;
        };
        const auto part = in_.dry ? ctx_.store.read(write) : ctx_.store.change(guard, write, {}, db::Lane::bulk);
        AC_CHECK(part);
        if (in_.dry) {
            const auto told = ctx_.store.change(guard, [&](store::Tx& tx) -> Result<Done> {
                AC_CHECK(in_.checkpoint(tx, so_far(*part), position, 0));
                return Done{};
            }, {}, db::Lane::bulk);
            AC_CHECK(told);
        }
        adjustments_.clear();
        units_done_ = done;
        quiet_rows_ = 0;
        total_ += *part;
        const std::int64_t took = std::max<std::int64_t>(1, (ctx_.clock.now() - guard.now).ms);
        const auto fair = static_cast<std::size_t>(static_cast<std::int64_t>(rows) * kSliceMs / took);
        if (rows >= kLeastRows) slice_rows_ = std::clamp(fair, std::max(kLeastRows, slice_rows_ / 2), std::min(kMostRows, slice_rows_ * 2));
        return {};
    }

    ImportSummary so_far(const ImportSummary& part) const {
        ImportSummary sum = total_;
        sum += part;
        sum.customers = static_cast<std::int64_t>(people_.size());
        return sum;
    }

    // Drawn before the change: at most one case per returned row and one per cancellation.
    Result<std::vector<std::string>> draw(std::size_t count) {
        std::vector<std::string> numbers;
        while (numbers.size() < count && !in_.dry) {
            AC_TRY(numbers.emplace_back(), ctx_.store.next_case_number());
        }
        return numbers;
    }

    Result<void> write_slice() {
        if (waiting_.empty() && adjustments_.empty() && quiet_rows_ == 0) return {};
        std::size_t cases = 0;
        for (const Invoice& invoice : waiting_) cases += invoice.is_return() ? invoice.lines.size() + 1 : 0;
        AC_TRY(const auto numbers, draw(cases));
        OrderSlice::Written written;
        AC_CHECK(slice(waiting_rows_, static_cast<std::int64_t>(waiting_.size()), [&](store::Tx& tx, const Guard& guard) -> Result<ImportSummary> {
            AC_TRY(written, OrderSlice(ctx_, tx, run_, guard, numbers).write(waiting_));
            return written.sum;
        }));
        for (const Invoice* invoice : written.added) catalog_.see(*invoice);
        waiting_.clear();
        waiting_rows_ = 0;
        return {};
    }

    Result<void> write_records() {
        AC_CHECK(pass_over());
        AC_TRY(const auto numbers, draw(in_.kind == ImportKind::after_sales ? records_.size() : 0));
        RecordSlice::Written written;
        AC_CHECK(slice(records_.size(), static_cast<std::int64_t>(records_.size()), [&](store::Tx& tx, const Guard& guard) -> Result<ImportSummary> {
            AC_TRY(written, RecordSlice(ctx_, tx, run_, guard, numbers).write(records_));
            return written.sum;
        }));
        reject(written);
        records_.clear();
        return {};
    }

    void reject(const RecordSlice::Written& written) {
        for (const auto& [at, reason] : written.rejected) reject(records_[at].row, records_[at].line, reason, records_[at].raw);
    }

    // Rows that this run wrote before it was cut off are only looked at again for what was refused: the error file is made anew.
    Result<void> pass_over() {
        const auto count = static_cast<std::size_t>(std::clamp<std::int64_t>(in_.done - units_read_, 0, static_cast<std::int64_t>(records_.size())));
        units_read_ += static_cast<std::int64_t>(records_.size());
        if (count == 0) return {};
        std::vector<RecordRow> rest(std::make_move_iterator(records_.begin() + static_cast<std::ptrdiff_t>(count)), std::make_move_iterator(records_.end()));
        records_.resize(count);
        SliceRun looking = run_;
        looking.dry = true;
        AC_TRY(const auto looked, ctx_.store.read([&](store::Tx& tx) {
            const Guard guard{"system", {}, {}, {}, ctx_.clock.now()};
            return RecordSlice(ctx_, tx, looking, guard, {}).write(records_);
        }));
        reject(looked);
        records_ = std::move(rest);
        return {};
    }

    // An order that this run wrote before it was cut off: its products are still to be counted, they come last.
    Result<void> pass_over(const Invoice& invoice) {
        AC_TRY(const bool own, ctx_.store.read([&](store::Tx& tx) -> Result<bool> {
            const std::string id = invoice.is_return() ? store::imported_return(tx, in_.shop.id, invoice.number()).value
                                                       : store::order_by_number(tx, in_.shop.id, invoice.number()).value;
            return store::made_by(tx, in_.run, id);
        }));
        if (own) catalog_.see(invoice);
        return {};
    }

    // Each product is one unit more, behind the orders: what of the catalog is written is passed over, too.
    Result<void> write_catalog() {
        auto at = catalog_.by_sku.begin();
        const auto skip = std::clamp<std::int64_t>(in_.done - units_read_, 0, static_cast<std::int64_t>(catalog_.by_sku.size()));
        std::advance(at, in_.kind == ImportKind::orders ? skip : 0);
        while (at != catalog_.by_sku.end()) {
            const auto from = at;
            std::int64_t products = 0;
            for (std::size_t names = 0; at != catalog_.by_sku.end() && names < kProductsAtOnce; ++at, ++products) names += at->second.names.size();
            AC_CHECK(slice(0, products, [&](store::Tx& tx, const Guard& guard) { return write_products(tx, guard, from, at); }));
        }
        return {};
    }

    using Skus = std::map<std::string, Catalog::Entry>::const_iterator;
    Result<ImportSummary> write_products(store::Tx& tx, const Guard& guard, Skus from, Skus to) const {
        ImportSummary sum;
        std::int64_t item = in_.dry ? 0 : store::last_item(tx, in_.run);
        for (auto at = from; at != to; ++at) {
            const auto& names = at->second.names;
            const auto most = std::max_element(names.begin(), names.end(), [](const auto& a, const auto& b) {
                return std::pair(!a.first.empty(), a.second) < std::pair(!b.first.empty(), b.second);
            });
            auto known = store::product_by_sku(tx, in_.shop.id, at->first);
            if (!known) {
                ++sum.products_added;
                if (in_.dry) continue;
                known = Product{ctx_.ids.make<ProductId>(), in_.shop.id, at->first, most->first, {}, {}, {}, 0, {}, at->second.charge, guard.now, guard.now};
                store::insert_product(tx, *known);
                store::insert_item(tx, in_.run, {++item, "product", known->id.value, 0});
            }
            if (in_.dry) continue;
            for (const auto& [name, uses] : names)
                if (!name.empty()) store::use_name(tx, known->id, {name, uses});
        }
        return sum;
    }

    Context& ctx_;
    const FileImport& in_;
    const Sheet sheet_;
    env::CsvWriter errors_;
    std::set<std::string> seen_;  // of a dry run
    const SliceRun run_;
    Window window_;
    Catalog catalog_;
    std::vector<Invoice> waiting_;
    std::vector<RecordRow> records_;
    std::vector<store::ImportAdjustment> adjustments_;
    std::size_t waiting_rows_ = 0, slice_rows_ = 500;
    std::int64_t quiet_rows_ = 0;  // since the last slice
    std::int64_t units_read_ = 0, units_done_ = in_.done;  // orders, or rows of records
    std::unordered_set<std::string> people_;
    ImportSummary total_;
};

}  // namespace

Result<ImportSummary> import_file(Context& ctx, const FileImport& in) {
    env::CsvRow header;
    if (in.table.next(header) != env::CsvStep::row) return fail(ErrorKind::invalid, "file_empty");
    AC_TRY(const Columns columns, find_columns(in.kind, header.fields, in.mapping));
    AC_TRY(const auto zone, env::Zone::find(in.shop.zone));
    const DateOrder dates = in.mapping.dates == DateOrder::automatic ? in.dates : in.mapping.dates;
    return Import(ctx, in, Sheet{columns, zone, dates, in.mapping.charge_codes, in.mapping.shipping_codes, in.mapping.c_is_plain}).run();
}

}  // namespace aftercare::usecase::imports
