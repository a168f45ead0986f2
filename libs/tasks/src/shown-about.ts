import type { Actor } from '#database';
import { visibleSql } from '#records';

/** JSON of an `about` answer; of a record the actor may not see only the type is told. */
export const shownAboutSql = (column: string, actor: Actor): string => `
  (SELECT CASE WHEN ${visibleSql('a', actor)} THEN jsonb_build_object('type', a.type, 'id', a.id, 'title', a.title)
               ELSE jsonb_build_object('type', a.type, 'restricted', true) END
   FROM records a WHERE a.id = ${column})`;

/** What a task or commitment is about, as far as the reader may know. */
export type ShownAbout = { type: string; id: string; title: string } | { type: string; restricted: true };
