/** Whether there is still something to answer. */
export interface AnswerState {
  /** Links of other versions are revoked. */
  linkVersion: number;
  calledOff: boolean;
  over: boolean;
  /** BCP 47, of the invitee */
  locale: string;
}

/** Columns of AnswerState, for an invitation `i` to a record `a`. A date nobody is sure of is not over; a window has an end. */
export const ANSWER_STATE_COLUMNS = `
  i.link_version AS "linkVersion", (a.called_off OR a.archived_at IS NOT NULL) AS "calledOff",
  (coalesce(a.date_precision, 'window') = 'window' AND coalesce(a.ends_at, a.starts_at, 'infinity') < now()) AS over,
  coalesce((SELECT m.locale FROM messages m WHERE m.invitation_id = i.id ORDER BY m.created_at LIMIT 1), 'en') AS locale`;

export const ANSWER_STATE = `
  SELECT ${ANSWER_STATE_COLUMNS} FROM invitations i JOIN records a ON a.id = i.about_id WHERE i.id = $1`;

/** What decides whether an answer comes too late. */
export interface AnswerTimes extends AnswerState {
  createdAt: Date;
  cancelledAt: Date | null;
  /** When the last answer was given; null where none is known. */
  respondedAt: Date | null;
  /** Of an invitation that was withdrawn and made anew: since when it stands. */
  askedAgainAt: Date | null;
  now: Date;
}

export const ANSWER_TIMES = `
  SELECT ${ANSWER_STATE_COLUMNS}, i.created_at AS "createdAt", i.cancelled_at AS "cancelledAt", i.responded_at AS "respondedAt",
    now() AS now, (SELECT min(m.created_at) FROM messages m WHERE m.invitation_id = i.id AND m.batch_id = i.batch_id
      HAVING min(m.created_at) > i.created_at) AS "askedAgainAt"
  FROM invitations i JOIN records a ON a.id = i.about_id WHERE i.id = $1`;
