import{a as r,b as o}from"./chunk-BPMBFFCK.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{r as RailroadEbnfModule,o as createRailroadEbnfServices};
