import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import { BadListRequest, SYSTEM } from '#database';
import { RECORD_TYPES, type RecordType, SearchReader } from '#records';
import { type AuthenticatedRequest, Permit } from '../http/access.guard.js';
import { SearchAnswerDto } from './record.dto.js';

/** Hits of one search. */
const MOST = 50;

@ApiTags('Search and reports')
@Controller('v1/search')
export class SearchController {
  constructor(private readonly reader: SearchReader) {}

  /** Finds records of every type by name: across scripts, by other names or address, and in spite of small typing errors */
  @Get()
  @Permit('records:read')
  @ApiQuery({
    name: 'q',
    description: 'A name in any script and word order, or an e-mail address or how one begins; 1–200 characters.',
  })
  @ApiQuery({ name: 'types', required: false, description: `Comma-separated, of: ${RECORD_TYPES.join(', ')}` })
  @ApiQuery({
    name: 'limit',
    required: false,
    description: 'Hits in the answer',
    schema: { type: 'integer', minimum: 1, maximum: MOST, default: 20 },
  })
  async search(
    @Query() query: Record<string, unknown>,
    @Req() { user }: AuthenticatedRequest,
  ): Promise<SearchAnswerDto> {
    const { text, types, limit } = parse(query);
    return { data: await this.reader.search(text, types, limit, user ?? { ...SYSTEM, role: 'viewer' }) };
  }
}

function parse({ q, types = '', limit = '20', ...rest }: Record<string, unknown>): {
  text: string;
  types: RecordType[];
  limit: number;
} {
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined)
    throw BadListRequest.parameter(
      unknown,
      'unknown_parameter',
      `"${unknown}" is no parameter here; allowed: q, types, limit.`,
    );
  if (typeof q !== 'string' || q.trim() === '' || q.length > 200 || q.includes('\0'))
    throw BadListRequest.parameter('q', 'bad_value', 'q takes 1 to 200 characters.');
  if (typeof limit !== 'string' || !/^[1-9]\d?$/.test(limit) || Number(limit) > MOST)
    throw BadListRequest.parameter('limit', 'bad_value', `limit takes 1 to ${MOST}.`);
  return { text: q, types: typesOf(types), limit: Number(limit) };
}

function typesOf(types: unknown): RecordType[] {
  const words = typeof types === 'string' ? types.split(',').filter((word) => word !== '') : ['?'];
  if (words.every((word): word is RecordType => RECORD_TYPES.includes(word as RecordType))) return words;
  throw BadListRequest.parameter('types', 'bad_value', `types takes ${RECORD_TYPES.join(', ')}.`);
}
