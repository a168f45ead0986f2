import type { RowProblem } from '#imports';
import { type ImportPicture, KEY } from './import-picture.js';
import type { Subject, SubjectKind } from './import-subject.js';

/** A row that must not be written, and why. */
export class RowRefused extends Error {
  constructor(readonly problem: RowProblem) {
    super(problem.message);
  }
}

export type Header = (field: string) => string | null;

/** Whom the ids of a file mean. */
export class IdMatching {
  constructor(
    private readonly picture: ImportPicture,
    private readonly header: Header,
  ) {}

  /**
   * What is stored under an id of this directory, or what earlier rows gave an id of another one; undefined when nobody
   * has it yet. Throws RowRefused when it is archived, or something else.
   */
  find(kind: SubjectKind, id: string | undefined, field: string): Subject | undefined {
    if (id === undefined) return undefined;
    const known = this.picture.known.get(id);
    if (known && known.type !== kind)
      throw this.refused(field, 'id_of_something_else', `The id is that of a ${known.type}, not of a ${kind}.`);
    if (known?.archived) {
      const message = `The ${kind} with this id was archived, or merged into another one; restore it, or leave the cell empty.`;
      throw this.refused(field, 'archived_id', message);
    }
    return known ? this.picture.get(id) : this.picture.find(kind, [KEY.given(id)])[0];
  }

  /** Throws RowRefused: an id that nobody has, and no name to go by. */
  unknown(kind: SubjectKind, field: string): RowRefused {
    return this.refused(field, 'unknown_id', `There is no ${kind} with this id, and the row gives no name.`);
  }

  /** An id that belongs to somebody else than the row speaks of. */
  foreign(kind: SubjectKind, field: string): RowRefused {
    return this.refused(
      field,
      'id_of_another',
      `The ${kind} with this id is not of the ${kind === 'position' ? 'person and organization' : 'member'} of this row.`,
    );
  }

  /** A row with an id means none of those that this file entered under another id. */
  open(subjects: Subject[], id: string | undefined): Subject[] {
    return id === undefined ? subjects : subjects.filter((subject) => !subject.given);
  }

  private refused(field: string, code: string, message: string): RowRefused {
    return new RowRefused({ column: this.header(field), code, message });
  }
}
