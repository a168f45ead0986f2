import type { OrganizationRow } from '#members';
import { stamps } from '../http/format.js';
import type { OrganizationDto } from './organization.dto.js';

export const presentOrganization = (row: OrganizationRow & { parent?: object | null }): OrganizationDto => ({
  ...stamps(row),
  name: row.name,
  legalName: row.legalName,
  kind: row.kind,
  country: row.country,
  website: row.website,
  parentId: row.parentId,
  ...(row.parent !== undefined && { parent: row.parent }),
  sectors: row.sectors,
  aliases: row.aliases,
  tags: row.tags,
  notes: row.notes,
});
