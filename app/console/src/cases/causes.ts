/** What a case was about in the end, as closing and a review ask for it. */
export const causes = ['product_quality', 'description', 'size', 'packing', 'courier', 'customer_choice', 'other'] as const
