import{a as r,b as o}from"./chunk-OMKCQORZ.js";import"./chunk-F4FWBINX.js";import"./chunk-SQE76S5B.js";export{r as RailroadAbnfModule,o as createRailroadAbnfServices};
