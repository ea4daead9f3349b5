import{a as o,b as e}from"./chunk-XBT276QT.js";import"./chunk-QP3MATMC.js";import"./chunk-744NFDEJ.js";import"./chunk-V4V2ATO4.js";import"./chunk-GDGZBOQC.js";import"./chunk-AWFURU64.js";import"./chunk-6DSCFXFA.js";import"./chunk-U6JL5YZJ.js";import"./chunk-AFR6TRCY.js";import"./chunk-FBJ55Y56.js";import"./chunk-VZGNHQ76.js";import"./chunk-HVVAQLXH.js";import"./chunk-QZ5ZQXBO.js";import"./chunk-FUKXTUGW.js";import"./chunk-RSNTA46O.js";import"./chunk-RRMYFTIR.js";import"./chunk-K65DEGJ2.js";import"./chunk-QA27B4UP.js";import"./chunk-JV5DWZ5B.js";import{a as r}from"./chunk-YUSHYV7C.js";import"./chunk-SQE76S5B.js";var m=r(t=>`${o(t)}
  .swimlane.cluster rect {
    stroke: ${t.clusterBorder} !important;
  }
  [data-look="neo"].cluster rect {
    filter: none;
  }
`,"getStyles"),i=m,B=e({defaultLayout:"swimlane",styles:i});export{B as diagram};
