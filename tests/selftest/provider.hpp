#pragma once
#include <map>
#include <optional>
#include <string>

#include "tale.hpp"
#include "usecase/outbox.hpp"

namespace aftercare::selftest {

/// Plugins that say what they like. The one for payments pays whenever it is asked to: nothing protects it from being asked twice
/// but the product itself.
class Provider {
   public:
    /// What is said; nothing: the caller died before it heard.
    std::optional<usecase::CallOutcome> ask(const usecase::PluginCall& call, Chance& chance);
    /// How often money went out for a leg.
    [[nodiscard]] int paid(const MoneyLegId& leg) const;
    /// Which operations which plugin takes.
    static tl::expected<usecase::CallLimits, usecase::Lack> offers(const std::string& plugin, std::string_view op);

   private:
    std::optional<usecase::CallOutcome> pay(const usecase::PluginCall& call, Chance& chance);
    std::optional<usecase::CallOutcome> look_up(const usecase::PluginCall& call, Chance& chance) const;

    std::map<std::string, int> by_key_;
    std::map<MoneyLegId, int> by_leg_;
};

}  // namespace aftercare::selftest
