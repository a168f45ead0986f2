import { Body, Controller, Delete, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { BadListRequest } from '#database';
import { DuplicatesReader, DuplicatesService, type MergeType } from '#merges';
import { Permit } from '../http/access.guard.js';
import { Id } from '../http/parameters.js';
import { DismissalDto, DuplicatePairsDto, DuplicatesAnswerDto } from './merge.dto.js';

const TYPES: MergeType[] = ['person', 'organization'];
/** Pairs of one answer. */
const MOST = 200;

@ApiTags('Members')
@Controller('v1')
@Permit('directory:write')
export class DuplicatesController {
  constructor(
    private readonly reader: DuplicatesReader,
    private readonly duplicates: DuplicatesService,
  ) {}

  /** Who may be the same person, best first, with the reasons; equal names are evidence, no proof */
  @Get('people/:id/duplicates')
  @Permit('records:read')
  async ofPerson(@Id() id: string): Promise<DuplicatesAnswerDto> {
    return { data: await this.reader.of('person', id) };
  }

  /** What may be the same organization, best first, with the reasons */
  @Get('organizations/:id/duplicates')
  @Permit('records:read')
  async ofOrganization(@Id() id: string): Promise<DuplicatesAnswerDto> {
    return { data: await this.reader.of('organization', id) };
  }

  /** Remembers that two people are not the same; safe to repeat */
  @Post('people/:id/duplicates/:otherId/dismissal')
  @HttpCode(204)
  dismissPerson(@Id() id: string, @Id('otherId') otherId: string, @Body() body: DismissalDto): Promise<void> {
    return this.duplicates.dismiss('person', id, otherId, body.reason ?? null);
  }

  /** Forgets that two people are not the same; safe to repeat */
  @Delete('people/:id/duplicates/:otherId/dismissal')
  @HttpCode(204)
  suspectPerson(@Id() id: string, @Id('otherId') otherId: string): Promise<void> {
    return this.duplicates.suspect('person', id, otherId);
  }

  /** Remembers that two organizations are not the same; safe to repeat */
  @Post('organizations/:id/duplicates/:otherId/dismissal')
  @HttpCode(204)
  dismissOrganization(@Id() id: string, @Id('otherId') otherId: string, @Body() body: DismissalDto): Promise<void> {
    return this.duplicates.dismiss('organization', id, otherId, body.reason ?? null);
  }

  /** Forgets that two organizations are not the same; safe to repeat */
  @Delete('organizations/:id/duplicates/:otherId/dismissal')
  @HttpCode(204)
  suspectOrganization(@Id() id: string, @Id('otherId') otherId: string): Promise<void> {
    return this.duplicates.suspect('organization', id, otherId);
  }

  /** The likeliest pairs of the whole directory, best first: work them off by merging or dismissing */
  @Get('duplicates')
  @Permit('records:read')
  @ApiQuery({ name: 'type', required: false, enum: TYPES, description: 'Both unless given' })
  @ApiQuery({
    name: 'limit',
    required: false,
    description: 'Pairs in the answer',
    schema: { type: 'integer', minimum: 1, maximum: MOST, default: 50 },
  })
  async pairs(@Query() query: Record<string, unknown>): Promise<DuplicatePairsDto> {
    const { types, limit } = parse(query);
    const pairs = await Promise.all(types.map((type) => this.reader.pairs(type, limit)));
    return {
      data: pairs
        .flat()
        .sort((a, b) => b.score - a.score)
        .slice(0, limit),
    };
  }
}

function parse({ type, limit = '50', ...rest }: Record<string, unknown>): { types: MergeType[]; limit: number } {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    throw BadListRequest.parameter(
      unknown,
      'unknown_parameter',
      `"${unknown}" is no parameter here; allowed: type, limit.`,
    );
  if (typeof limit !== 'string' || !/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > MOST)
    throw BadListRequest.parameter('limit', 'bad_value', `limit takes 1 to ${MOST}.`);
  if (type === undefined) return { types: TYPES, limit: Number(limit) };
  const asked = TYPES.find((known) => known === type);
  if (!asked) throw BadListRequest.parameter('type', 'bad_value', `type takes ${TYPES.join(' or ')}.`);
  return { types: [asked], limit: Number(limit) };
}
