import type { OrganizationRow } from '#members';
import { stamps } from '../http/format.js';
import type { OrganizationDto } from './organization.dto.js';

/** What a client may ask for along with an organization. */
type Included = Pick<OrganizationDto, 'parent' | 'children' | 'memberships'>;

export const presentOrganization = (row: OrganizationRow & Included): OrganizationDto => ({
  ...stamps(row),
  name: row.name,
  legalName: row.legalName,
  kind: row.kind,
  country: row.country,
  website: row.website,
  parentId: row.parentId,
  ...(row.parent !== undefined && { parent: row.parent }),
  ...(row.children && { children: row.children }),
  ...(row.memberships && { memberships: row.memberships }),
  sectors: row.sectors,
  aliases: row.aliases,
  tags: row.tags,
  notes: row.notes,
});
