import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { BOOKING_CONFLICTS_SCHEMA } from './calendar/booking-conflict.schema.js';
import { EXAMPLES } from './openapi-examples.js';
import { PUBLIC_PATHS_NOTE } from './openapi-notes.js';

type Node = Record<string, unknown>;

interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  requestBody?: { content?: Record<string, { example?: unknown }> };
  responses?: Node;
}

/** OpenAPI 3.1 at /openapi.json and a page to read and try it at /docs. */
export function setUpOpenApi(app: NestFastifyApplication): void {
  const description = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Chamberlain')
    .setVersion('1')
    .setDescription(PUBLIC_PATHS_NOTE)
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      description: 'Access token of POST /v1/auth/login, or an API key',
    })
    .addSecurityRequirements('bearer')
    .build();
  const build = (): OpenAPIObject =>
    withProblems(SwaggerModule.createDocument(app, description, { operationIdFactory: operationId }));
  SwaggerModule.setup('docs', app, build, { jsonDocumentUrl: 'openapi.json', customSiteTitle: 'Chamberlain API' });
}

/** `OrganizationsController.create` → `organizationsCreate`. */
const operationId = (controller: string, method: string): string => {
  const noun = controller.replace(/Controller$/, '');
  return `${noun.charAt(0).toLowerCase()}${noun.slice(1)}${method.charAt(0).toUpperCase()}${method.slice(1)}`;
};

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457 problem details',
  required: ['type', 'title', 'status', 'detail', 'code', 'requestId', 'errors'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', description: 'Stable word to branch on' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
    conflicts: BOOKING_CONFLICTS_SCHEMA,
  },
};

/** Fields that mean the same in every answer. */
const COMMON_FIELDS: Record<string, Node> = {
  id: { description: 'UUIDv7 (RFC 9562)', format: 'uuid' },
  version: { description: 'Counts the changes; the ETag' },
  createdAt: { description: 'Instant in UTC', format: 'date-time' },
  updatedAt: { description: 'Instant in UTC', format: 'date-time' },
  archivedAt: {
    description: 'Instant since which it is out of the lists; absent while it is in them',
    format: 'date-time',
  },
  startsAt: { description: 'Instant in UTC; null where it is not known', format: 'date-time' },
  endsAt: { description: 'Instant in UTC; null where it is not known', format: 'date-time' },
  timeZone: { description: 'IANA zone' },
};

/** Every operation may answer a problem, and shows an example where there is one; `nullable` becomes the 3.1 way of saying it. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: PROBLEM_SCHEMA as never };
  const problem = {
    description: 'Problem',
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
  for (const [path, operation] of operationsOf(document)) {
    splitSummary(operation);
    sayMediaType(path, operation);
    if (operation.responses) operation.responses.default ??= problem;
    const body = operation.requestBody?.content?.['application/json'];
    if (body) body.example = EXAMPLES[operation.operationId ?? ''];
  }
  describeCommonFields(document.components.schemas as Record<string, { properties?: Record<string, Node> }>);
  return nullableAsType(document) as OpenAPIObject;
}

/** The first paragraph of a comment sums up; the others describe. */
function splitSummary(operation: Operation): void {
  const [summary, ...rest] = (operation.summary ?? '').split(/\n\s*\n/).map((text) => text.replace(/\s+/g, ' ').trim());
  if (!summary) return;
  operation.summary = summary;
  if (rest.length > 0) operation.description ??= rest.join('\n\n');
}

/** Of files, by the ends of their addresses. */
const MEDIA_TYPES: Record<string, string | undefined> = {
  csv: 'text/csv',
  pdf: 'application/pdf',
  svg: 'image/svg+xml',
};

/** What a stream is cannot be seen by its type. */
function sayMediaType(path: string, { responses }: Operation): void {
  const type = MEDIA_TYPES[path.split('.').pop() ?? ''];
  const answer = responses?.['200'] as Node | undefined;
  if (type && answer) answer.content ??= { [type]: { schema: { type: 'string' } } };
}

const operationsOf = (document: OpenAPIObject): [path: string, operation: Operation][] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods as Record<string, Operation>).map((operation): [string, Operation] => [path, operation]),
  );

function describeCommonFields(schemas: Record<string, { properties?: Record<string, Node> }>): void {
  for (const { properties = {} } of Object.values(schemas)) {
    for (const [name, field] of Object.entries(properties)) {
      const common = COMMON_FIELDS[name];
      if (common && !field.$ref) properties[name] = { ...common, ...field };
    }
  }
}

function nullableAsType(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(nullableAsType);
  if (typeof node !== 'object' || node === null) return node;
  const { nullable, ...rest } = Object.fromEntries<unknown>(
    Object.entries(node).map(([key, value]) => [key, nullableAsType(value)]),
  );
  if (nullable !== true) return nullable === undefined || nullable === false ? rest : { ...rest, nullable };
  return typeof rest.type === 'string' ? { ...rest, type: [rest.type, 'null'] } : { anyOf: [rest, { type: 'null' }] };
}
