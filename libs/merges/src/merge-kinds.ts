import type { EntityManager, EntityTarget } from 'typeorm';
import type { RecordEntity } from '#records';
import type { MergeType } from './merges.errors.js';
import type { MergeFields, Values } from './merge-values.js';
import { Organization, organizationKeys, Person, personKeys } from '#members';

/** What a merge must know of a type of record. */
export interface MergeKind extends Pick<MergeFields, 'names' | 'keptIn'> {
  type: MergeType;
  entity: EntityTarget<RecordEntity>;
  table: 'people' | 'organizations';
  /** The folded columns that follow from the others. */
  keys(values: Values): Values;
}

export const MERGE_KINDS: Record<MergeType, MergeKind> = {
  person: {
    type: 'person',
    entity: Person,
    table: 'people',
    names: ['fullName', 'nativeName'],
    keptIn: { email: 'otherEmails' },
    keys: (values) => personKeys(values as unknown as Person),
  },
  organization: {
    type: 'organization',
    entity: Organization,
    table: 'organizations',
    names: ['name', 'legalName'],
    keptIn: {},
    keys: (values) => organizationKeys(values as unknown as Organization),
  },
};

/** Columns that are nobody's choice: they come by themselves or follow from others. */
const DERIVED = new Set(
  ['id', 'version', 'createdAt', 'updatedAt', 'archivedAt'].concat(['searchKey', 'aliasKey', 'matchKey', 'domain']),
);

/** The fields of a type of record, read from its entity, so that a new column is not forgotten. */
export function mergeFields(manager: EntityManager, { entity, names, keptIn }: MergeKind): MergeFields {
  const columns = manager.connection.getMetadata(entity).columns.filter((column) => !DERIVED.has(column.propertyName));
  const named = (isArray: boolean) =>
    columns.filter((column) => column.isArray === isArray).map((column) => column.propertyName);
  return { names, keptIn, scalars: named(false), lists: named(true) };
}
