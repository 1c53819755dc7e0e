import type { Schemas } from '../api/types'

export type Article = Schemas['Article']
export const articleKinds = ['product', 'promotion', 'review_rules', 'platform_rules', 'service'] as const
/** What a valid time says, at this moment. */
export function validity(article: Article, now: number): 'always' | 'now' | 'later' | 'over' {
  if (article.valid_until && article.valid_until <= now) return 'over'
  if (article.valid_from && article.valid_from > now) return 'later'
  return article.valid_from || article.valid_until ? 'now' : 'always'
}
