import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { BouncesService } from '#messaging';
import { Permit } from '../http/access.guard.js';
import { REPORT_TYPES } from '../http/media-types.js';
import { BounceReportDto } from './bounce.dto.js';

const EXAMPLE = `Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; gone@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 user unknown
`;

@ApiTags('Invitations and messages')
@Controller('v1/bounces')
@Permit('messages:write')
export class BouncesController {
  constructor(private readonly bounces: BouncesService) {}

  /**
   * Takes in a delivery status notification (RFC 3464), alone or in the mail that brought it: an address that does not
   * exist is suppressed and its owner told; the message that came back shows why. The same report twice does nothing more
   */
  @Post()
  @HttpCode(200)
  @ApiConsumes(...REPORT_TYPES)
  @ApiBody({ schema: { type: 'string', example: EXAMPLE } })
  async take(@Body() report: string): Promise<BounceReportDto> {
    return { recipients: await this.bounces.take(typeof report === 'string' ? report : '') };
  }
}
