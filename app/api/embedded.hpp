#pragma once
#include <string_view>

/// Files built into the program (ac_embed_texts).
namespace aftercare::api {

extern const std::string_view kTextZh;   ///< schema/text/zh-CN.json
extern const std::string_view kTextEn;   ///< schema/text/en.json
extern const std::string_view kDocsCss;  ///< app/api/docs.css

}  // namespace aftercare::api
