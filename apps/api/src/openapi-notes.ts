/** Shown on top of the API documentation. */
export const PUBLIC_PATHS_NOTE = `
Event and deal-flow CRM of a chamber of commerce.

- Lists page by keyset: follow \`page.nextCursor\`. Filters are \`filter[field]=v\` and \`filter[field][op]=v\`; \`sort=-startsAt,name\`.
- Answers carry an \`ETag\`; send it as \`If-Match\` with PATCH and DELETE to be told (412) when somebody was faster.
- Send an \`Idempotency-Key\` with a POST and repeat it safely: the first answer comes again for 48 hours.
- Errors are \`application/problem+json\`; \`errors\` lists every fault with a JSON Pointer.
- Times are instants in UTC; an event also says its zone and its local time.
`;
