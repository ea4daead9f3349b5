import{a as e,b as r}from"./chunk-NPTHKJ2T.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{e as RailroadPegModule,r as createRailroadPegServices};
