/** JSON of the memberships that `condition` chooses, the latest first, for the select list of another reader. */
export const membershipsSql = (condition: string): string => `
  (SELECT coalesce(jsonb_agg(jsonb_build_object('id', m.id, 'tierCode', m.tier_code, 'status', m.status, 'joinedOn', m.joined_on,
      'startsOn', m.starts_on, 'endsOn', m.ends_on) ORDER BY m.ends_on DESC, m.id), '[]')
   FROM membership_statuses m WHERE ${condition} AND m.archived_at IS NULL)`;
