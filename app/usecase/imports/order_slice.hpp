#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "domain/acts.hpp"
#include "domain/cases.hpp"
#include "store/imports.hpp"
#include "store/orders.hpp"
#include "store/staff.hpp"
#include "usecase/context.hpp"
#include "usecase/imports/people.hpp"
#include "usecase/imports/summary.hpp"

/// What a slice of a file becomes, inside one transaction.
namespace aftercare::usecase::imports {

/// The rows of one order number, in the order of the file.
struct Invoice {
    std::vector<Line> lines;
    std::vector<std::int64_t> rows;  ///< their numbers in the file
    bool written_before = false;     ///< by this very import, before it was cut off
    [[nodiscard]] const std::string& number() const { return lines.front().number; }
    [[nodiscard]] bool is_return() const { return lines.front().kind == RowKind::returned; }
};

/// The run a slice belongs to.
struct SliceRun {
    const store::Shop& shop;
    ImportRunId id;
    std::string channel = "file";  ///< of its orders
    bool per_line = false;         ///< totals, postage and discounts of the file are those of a line, not of the order
    bool dedupe = false, resumed = false;
    bool dry = false;                           ///< only count; `seen` then tells what earlier slices would have made
    std::set<std::string>* seen = nullptr;
    /// Only in a dry run: whether an earlier row would have made this already.
    [[nodiscard]] bool is_repeat(const std::string& key) const { return dry && !seen->insert(key).second; }
};

/// Writes returns that were settled long ago, and cases that only keep what a file says. Draws case numbers from `numbers`.
class Returns {
   public:
    Returns(Context& ctx, store::Tx& tx, const ShopId& shop, const Guard& guard, const std::vector<std::string>& numbers)
        : ctx_(ctx), tx_(tx), shop_(shop), guard_(guard), numbers_(numbers) {}

    struct Made {
        CaseId id;
        std::int64_t events = 0;
    };
    /// Goods of an order that came back and were paid: `value_minor` at most what the units and the order's money allow.
    Result<Made> settled(const OrderId& order, const std::string& topic, std::vector<domain::LineQty> lines, std::int64_t value_minor, Instant at);
    /// A closed case with a note, with or without an order.
    Result<Made> closed(CaseKind kind, const OrderId& order, const CustomerId& customer, const std::string& topic, const std::string& note);
    /// An open case that somebody must look at.
    Result<Made> open(CaseKind kind, const OrderId& order, const std::string& topic, const std::string& note);

   private:
    std::string next_number();
    template <class Decide>
    Result<Made> make(const OrderId& order, Decide&& decide);

    Context& ctx_;
    store::Tx& tx_;
    const ShopId& shop_;
    const Guard& guard_;
    const std::vector<std::string>& numbers_;
    const Actor actor_ = domain::system_actor();  // history is written down, whoever may import it need not be an agent
    std::size_t used_ = 0;
};

/// Orders and cancellations of one slice. May run twice, so everything it changes is its own.
class OrderSlice {
   public:
    OrderSlice(Context& ctx, store::Tx& tx, const SliceRun& run, const Guard& guard, const std::vector<std::string>& numbers);
    Result<ImportSummary> write(const std::vector<Invoice>& invoices);

   private:
    struct Part {  // what of one cancellation belongs to one order
        std::vector<domain::LineQty> lines;
        std::int64_t value_minor = 0;
    };
    void write_order(const Invoice& invoice);
    void put_order(const Invoice& invoice, const CustomerId& customer, const std::vector<const Line*>& lines);
    void keep_remark(const Invoice& invoice, const OrderId& order, const CustomerId& customer);
    Result<void> write_return(const Invoice& invoice);
    std::int64_t link(const Line& line, const CustomerId& customer, std::map<OrderId, Part>& parts);
    People::Found customer_of(const Line& line);
    void remember(std::string kind, const std::string& id, std::int64_t stamp = 0);
    bool skip_known(const Invoice& invoice, const std::string& known_id, std::int64_t ImportSummary::*counted, std::int64_t ImportSummary::*added);

    Context& ctx_;
    store::Tx& tx_;
    const SliceRun& run_;
    People people_;
    Returns returns_;
    std::int64_t last_item_ = 0;
    std::map<OrderLineId, std::int64_t> taken_;
    ImportSummary sum_;
};

}  // namespace aftercare::usecase::imports
