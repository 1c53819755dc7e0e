#pragma once
#include <aftercare/plugin.hpp>

namespace marketplace_csv {

/// Writes decisions/<after-sale>-<decision>-<key>.csv once for each key; a key that was written before changes nothing, wherever
/// its file has gone.
aftercare::plugin::Answer<aftercare::PlatformTook> write_decision(std::string_view decision, const aftercare::PlatformDecision&,
                                                                   aftercare::plugin::Ctx&);

}  // namespace marketplace_csv
