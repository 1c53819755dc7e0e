#pragma once
#include <map>
#include <optional>
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
    [[nodiscard]] const std::string& number() const { return lines.front().number; }
    [[nodiscard]] bool is_return() const { return lines.front().kind == RowKind::returned; }
};

/// The run a slice belongs to.
struct SliceRun {
    const store::Shop& shop;
    ImportRunId id;
    std::string channel = "file";  ///< of its orders
    bool per_line = false;         ///< totals, postage and discounts of the file are those of a line, not of the order
    bool dedupe = false;
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
    /// A case that keeps `words` as notes, with or without an order: closed at `ended`, or open for somebody to look at.
    Result<Made> kept(const domain::OpenCase& open, const std::string& words, std::optional<Instant> ended);

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
    struct Written {
        ImportSummary sum;
        std::vector<const Invoice*> added;  ///< those that were not here
    };
    Result<Written> write(const std::vector<Invoice>& invoices);

   private:
    struct Part {  // units of one line of an order, and what was given back for them
        domain::LineQty line;
        std::int64_t value_minor = 0;
    };
    using Parts = std::map<OrderId, std::vector<Part>>;
    Result<void> write_order(const Invoice& invoice);
    void put_order(const Invoice& invoice, const CustomerId& customer, const std::vector<const Line*>& lines);
    void keep_remark(const Invoice& invoice, const OrderId& order, const CustomerId& customer);
    Result<void> write_return(const Invoice& invoice);
    std::int64_t link(const Line& line, const CustomerId& customer, Parts& parts);
    Result<bool> take_delivery(const Invoice& invoice, const OrderId& known);
    People::Found customer_of(const Line& line);
    void remember(std::string kind, const std::string& id, std::int64_t stamp = 0);

    Context& ctx_;
    store::Tx& tx_;
    const SliceRun& run_;
    People people_;
    Returns returns_;
    std::int64_t last_item_ = 0;
    std::map<OrderLineId, std::int64_t> taken_;
    std::vector<const Invoice*> added_;
    ImportSummary sum_;
};

}  // namespace aftercare::usecase::imports
