/** Shown on top of the API documentation. */
export const PUBLIC_PATHS_NOTE = `
Event and deal-flow CRM of a chamber of commerce.

- Lists page by keyset: follow \`page.nextCursor\`. Filters are \`filter[field]=v\` and \`filter[field][op]=v\`; \`sort=-startsAt,name\`.
- Answers carry an \`ETag\`; send it as \`If-Match\` with PATCH and DELETE to be told (412) when somebody was faster.
- Send an \`Idempotency-Key\` with a POST and repeat it safely: the first answer comes again for 48 hours.
- Errors are \`application/problem+json\`; \`errors\` lists every fault with a JSON Pointer.
- Times are instants in UTC; an event also says its zone and its local time. An event's time may be sent as local time with a
  zone: one that the clocks skip is 422, one that comes twice is the first of the two; send an offset to mean the second.
- A person or a room is in one place at a time: else 409 \`double_booked\` with \`conflicts\`. People may be double-booked on
  purpose with \`override: {reason}\`, rooms never. Who is elsewhere shortly before or after needs the time of the way, where
  \`/v1/travel-times\` asks for one: such a conflict has the code \`travel\`, with \`travelTime\`; the others have \`overlap\`.
- Every time of an event, and of a conflict, is told in the zones of both sides too: \`localTimes\`.
- Changing an event changes what is planned to be sent, in the same moment: reminders move or are taken back, and whoever was
  told of it gets the news. \`GET /v1/messages/explanation\` says of every mail why it went or did not.
- Whoever is invited answers at the link in the mail (\`/rsvp/{token}\`): opening it changes nothing, its buttons do. What
  their calendar program answers (iCalendar \`METHOD:REPLY\`, mailed to \`MAIL_FROM\`) is taken at \`POST /v1/calendar-replies\`. Mails that
  ask for an answer can be stopped with one click (\`/unsubscribe/{token}\`, RFC 8058).
- Calendar programs subscribe to a conference's programme at its \`agendaFeedUrl\`, which needs no account.
`;
