import{a as e,b as r}from"./chunk-AYJOBZGG.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{e as PacketModule,r as createPacketServices};
