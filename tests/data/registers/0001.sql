PRAGMA page_size = 4096;
PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES ('0001');
CREATE TABLE organs (
	id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (name)
);
INSERT INTO organs VALUES (1,'临江市自然资源局');
CREATE TABLE cases (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	number VARCHAR NOT NULL, 
	organ_id INTEGER NOT NULL, 
	applicant VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	channel VARCHAR, 
	received_on DATE NOT NULL, 
	received_year INTEGER NOT NULL, 
	submitted_on DATE, 
	subject TEXT NOT NULL, 
	id_no VARCHAR, 
	phone VARCHAR, 
	address TEXT, 
	email VARCHAR, 
	unit VARCHAR, 
	officer VARCHAR, 
	state VARCHAR NOT NULL, 
	counts_from DATE NOT NULL, 
	allowed INTEGER NOT NULL, 
	due_on DATE, 
	provisional BOOLEAN NOT NULL, 
	reply_by DATE, 
	frozen_used INTEGER, 
	concluded_on DATE, 
	concluded_year INTEGER, 
	outcome VARCHAR, 
	doc_no VARCHAR, 
	last_event_id INTEGER NOT NULL, 
	CONSTRAINT concluded_with_outcome CHECK ((concluded_on IS NULL) = (outcome IS NULL)), 
	UNIQUE (number), 
	FOREIGN KEY(organ_id) REFERENCES organs (id)
);
INSERT INTO cases VALUES (1,'2023-0001',1,'王芳','natural_person','in_person','2023-03-01',2023,NULL,'东湖路二期征地批复及补偿标准','110101199001011234','13800000001','临江市东湖路1号',NULL,'耕地保护科','赵明','concluded','2023-03-01',20,'2023-03-29',0,NULL,13,'2023-03-20',2023,'3.1','临自然资答〔2023〕1号',3);
INSERT INTO cases VALUES (2,'2023-0002',1,'临江市诚信商贸有限公司','business','registered_mail','2023-04-03',2023,'2023-03-31','工业园区3号地块出让合同',NULL,NULL,NULL,NULL,NULL,NULL,'concluded','2023-04-18',40,'2023-06-14',0,NULL,33,'2023-06-05',2023,'3.2','临自然资答〔2023〕2号',8);
INSERT INTO cases VALUES (3,'2023-0003',1,'陈静','natural_person','internet','2023-05-10',2023,NULL,'某企业采矿权评估报告',NULL,NULL,NULL,'chen@example.cn',NULL,NULL,'concluded','2023-05-10',20,'2023-06-28',0,NULL,15,'2023-06-20',2023,'3.3.4','临自然资答〔2023〕3号',15);
INSERT INTO cases VALUES (4,'2023-0004',1,'陈静','natural_person','internet','2023-06-05',2023,NULL,'历年全部土地出让合同',NULL,NULL,NULL,NULL,NULL,NULL,'concluded','2023-07-20',20,'2023-08-17',0,NULL,21,'2023-08-20',2023,'3.4.2','临自然资答〔2023〕4号',21);
INSERT INTO cases VALUES (5,'2023-0005',1,'省城乡规划研究院','research','email','2023-07-03',2023,NULL,'控制性详细规划成果',NULL,NULL,NULL,NULL,NULL,NULL,'concluded','2023-07-03',20,'2023-07-31',0,NULL,5,'2023-07-10',2023,'3.6.3',NULL,23);
INSERT INTO cases VALUES (6,'2023-0006',1,'误登记','natural_person','fax','2023-08-01',2023,NULL,'误登记的一件',NULL,NULL,NULL,NULL,NULL,NULL,'cancelled','2023-08-01',20,NULL,0,NULL,1,NULL,NULL,NULL,NULL,25);
INSERT INTO cases VALUES (7,'2023-0007',1,'临江市老年协会','public_benefit','ordinary_mail','2023-09-04',2023,NULL,'养老设施用地
规划，含''引号''和"双引号"',NULL,NULL,NULL,NULL,NULL,NULL,'concluded','2023-09-04',20,'2023-10-08',0,NULL,15,'2023-09-25',2023,'3.5.1','临自然资答〔2023〕5号',28);
INSERT INTO cases VALUES (8,'2023-0008',1,'正衡律师事务所','legal_service','registered_mail','2023-12-18',2023,NULL,'临江大道改造项目用地预审意见',NULL,NULL,NULL,NULL,NULL,NULL,'concluded','2023-12-18',20,'2024-01-16',0,NULL,16,'2024-01-10',2024,'3.3.6','临自然资答〔2024〕1号',32);
INSERT INTO cases VALUES (9,'2023-0009',1,'周建国','natural_person','oral','2023-12-20',2023,NULL,'宅基地确权登记档案',NULL,NULL,NULL,NULL,NULL,NULL,'awaiting_payment','2023-12-20',20,NULL,0,'2024-01-25',2,NULL,NULL,NULL,NULL,31);
INSERT INTO cases VALUES (10,'2024-0001',1,'刘洋','natural_person','internet','2024-02-19',2024,NULL,'2023年度部门预算明细',NULL,NULL,NULL,NULL,NULL,NULL,'open','2024-02-19',20,'2024-03-18',0,NULL,NULL,NULL,NULL,NULL,NULL,33);
INSERT INTO cases VALUES (11,'2024-0002',1,'吴敏','natural_person','internet','2024-03-04',2024,NULL,'河道采砂许可',NULL,'13900000002',NULL,NULL,NULL,NULL,'awaiting_clarification','2024-03-04',20,NULL,0,'2024-03-20',2,NULL,NULL,NULL,NULL,35);
CREATE TABLE events (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	case_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	occurred_on DATE NOT NULL, 
	recorded_at VARCHAR NOT NULL, 
	recorded_by VARCHAR NOT NULL, 
	facts TEXT NOT NULL, 
	personal TEXT NOT NULL, 
	FOREIGN KEY(case_id) REFERENCES cases (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO events VALUES (1,1,'received','2023-03-01','2023-03-01T22:52:19.712508+00:00','李经办','{"applicant_kind":"natural_person","channel":"in_person","number":"2023-0001","organ":"临江市自然资源局"}','{"address":"临江市东湖路1号","applicant":"王芳","id_no":"110101199001011234","phone":"13800000001","subject":"东湖路二期征地批复及补偿标准"}');
INSERT INTO events VALUES (2,1,'assigned','2023-03-02','2023-03-02T22:52:19.832984+00:00','李经办','{"officer":"赵明","unit":"耕地保护科"}','{}');
INSERT INTO events VALUES (3,1,'decided','2023-03-20','2023-03-20T22:52:20.005080+00:00','李经办','{"delivery":"handed","doc_no":"临自然资答〔2023〕1号","outcome":"3.1"}','{}');
INSERT INTO events VALUES (4,2,'received','2023-04-03','2023-04-03T22:52:20.195546+00:00','李经办','{"applicant_kind":"business","channel":"registered_mail","number":"2023-0002","organ":"临江市自然资源局","submitted_on":"2023-03-31"}','{"applicant":"临江市诚信商贸有限公司","subject":"工业园区3号地块出让合同"}');
INSERT INTO events VALUES (5,2,'clarification_requested','2023-04-06','2023-04-06T22:52:20.314886+00:00','李经办','{"reply_by":"2023-04-20"}','{}');
INSERT INTO events VALUES (6,2,'clarification_received','2023-04-18','2023-04-18T22:52:20.500737+00:00','李经办','{}','{}');
INSERT INTO events VALUES (7,2,'extended','2023-05-08','2023-05-08T22:52:20.707807+00:00','李经办','{"approver":"周主任","days":20}','{}');
INSERT INTO events VALUES (8,2,'decided','2023-06-05','2023-06-05T22:52:20.872992+00:00','李经办','{"delivery":"posted","doc_no":"临自然资答〔2023〕2号","ground":"部分内容涉及商业秘密","outcome":"3.2"}','{}');
INSERT INTO events VALUES (9,3,'received','2023-05-10','2023-05-10T22:52:21.119150+00:00','李经办','{"applicant_kind":"natural_person","channel":"internet","number":"2023-0003","organ":"临江市自然资源局"}','{"applicant":"陈静","email":"chen@example.cn","subject":"某企业采矿权评估报告"}');
INSERT INTO events VALUES (10,3,'consultation_started','2023-05-12','2023-05-12T22:52:21.199699+00:00','李经办','{"party_kind":"third_party","reply_by":"2023-06-02"}','{"party":"临江矿业有限公司"}');
INSERT INTO events VALUES (11,3,'consultation_started','2023-05-15','2023-05-15T22:52:21.307065+00:00','李经办','{"party_kind":"agency","reply_by":"2023-06-05"}','{"party":"临江市应急管理局"}');
INSERT INTO events VALUES (12,3,'consultation_ended','2023-05-30','2023-05-30T22:52:21.500384+00:00','李经办','{"opinion":"objects"}','{"party":"临江矿业有限公司"}');
INSERT INTO events VALUES (13,3,'consultation_ended','2023-06-01','2023-06-01T22:52:21.692960+00:00','李经办','{"opinion":"consents"}','{"party":"临江市应急管理局"}');
INSERT INTO events VALUES (14,3,'decided','2023-06-20','2023-06-20T22:52:21.879063+00:00','李经办','{"delivery":"electronic","doc_no":"临自然资答〔2023〕3号","outcome":"3.3.4"}','{}');
INSERT INTO events VALUES (15,3,'redecided','2023-11-15','2023-11-15T22:52:22.051816+00:00','李经办','{"delivery":"posted","doc_no":"临自然资重答〔2023〕1号","outcome":"3.1"}','{}');
INSERT INTO events VALUES (16,4,'received','2023-06-05','2023-06-05T22:52:22.223634+00:00','李经办','{"applicant_kind":"natural_person","channel":"internet","number":"2023-0004","organ":"临江市自然资源局"}','{"applicant":"陈静","subject":"历年全部土地出让合同"}');
INSERT INTO events VALUES (17,4,'reasons_requested','2023-06-08','2023-06-08T22:52:22.325452+00:00','李经办','{"reply_by":"2023-06-26"}','{}');
INSERT INTO events VALUES (18,4,'delay_set','2023-06-27','2023-06-27T22:52:22.497356+00:00','李经办','{"due":"2023-08-15"}','{}');
INSERT INTO events VALUES (19,4,'fee_notified','2023-07-03','2023-07-03T22:52:22.665703+00:00','李经办','{"amount":12000,"basis":"by_item","pay_by":"2023-08-04"}','{}');
INSERT INTO events VALUES (20,4,'fee_paid','2023-07-20','2023-07-20T22:52:22.848594+00:00','李经办','{"amount":12000}','{}');
INSERT INTO events VALUES (21,4,'decided','2023-08-20','2023-08-20T22:52:23.024814+00:00','李经办','{"delivery":"posted","doc_no":"临自然资答〔2023〕4号","outcome":"3.4.2"}','{}');
INSERT INTO events VALUES (22,5,'received','2023-07-03','2023-07-03T22:52:23.258596+00:00','李经办','{"applicant_kind":"research","channel":"email","number":"2023-0005","organ":"临江市自然资源局"}','{"applicant":"省城乡规划研究院","subject":"控制性详细规划成果"}');
INSERT INTO events VALUES (23,5,'withdrawn','2023-07-10','2023-07-10T22:52:23.379999+00:00','李经办','{}','{}');
INSERT INTO events VALUES (24,6,'received','2023-08-01','2023-08-01T22:52:23.530656+00:00','李经办','{"applicant_kind":"natural_person","channel":"fax","number":"2023-0006","organ":"临江市自然资源局"}','{"applicant":"误登记","subject":"误登记的一件"}');
INSERT INTO events VALUES (25,6,'cancelled','2023-08-02','2023-08-02T22:52:23.644246+00:00','李经办','{}','{"note":"与另一件重复"}');
INSERT INTO events VALUES (26,7,'received','2023-09-04','2023-09-04T22:52:23.821127+00:00','李经办','{"applicant_kind":"public_benefit","channel":"ordinary_mail","number":"2023-0007","organ":"临江市自然资源局"}','{"applicant":"临江市老年协会","subject":"养老设施用地\n规划，含''引号''和\"双引号\""}');
INSERT INTO events VALUES (27,7,'note','2023-09-05','2023-09-05T22:52:23.969761+00:00','李经办','{}','{"note":"来信附照片三张"}');
INSERT INTO events VALUES (28,7,'decided','2023-09-25','2023-09-25T22:52:24.068772+00:00','李经办','{"delivery":"posted","doc_no":"临自然资答〔2023〕5号","outcome":"3.5.1"}','{}');
INSERT INTO events VALUES (29,8,'received','2023-12-18','2023-12-18T22:52:24.174623+00:00','李经办','{"applicant_kind":"legal_service","channel":"registered_mail","doc_no":"正衡函〔2023〕9号","number":"2023-0008","organ":"临江市自然资源局"}','{"applicant":"正衡律师事务所","subject":"临江大道改造项目用地预审意见"}');
INSERT INTO events VALUES (30,9,'received','2023-12-20','2023-12-20T22:52:24.326755+00:00','李经办','{"applicant_kind":"natural_person","channel":"oral","number":"2023-0009","organ":"临江市自然资源局"}','{"applicant":"周建国","subject":"宅基地确权登记档案"}');
INSERT INTO events VALUES (31,9,'fee_notified','2023-12-22','2023-12-22T22:52:24.415672+00:00','李经办','{"amount":3550,"basis":"by_page","pay_by":"2024-01-25"}','{}');
INSERT INTO events VALUES (32,8,'decided','2024-01-10','2024-01-10T22:52:24.521464+00:00','李经办','{"delivery":"posted","doc_no":"临自然资答〔2024〕1号","outcome":"3.3.6"}','{}');
INSERT INTO events VALUES (33,10,'received','2024-02-19','2024-02-19T22:52:24.785651+00:00','李经办','{"applicant_kind":"natural_person","channel":"internet","number":"2024-0001","organ":"临江市自然资源局"}','{"applicant":"刘洋","subject":"2023年度部门预算明细"}');
INSERT INTO events VALUES (34,11,'received','2024-03-04','2024-03-04T22:52:24.985019+00:00','李经办','{"applicant_kind":"natural_person","channel":"internet","number":"2024-0002","organ":"临江市自然资源局"}','{"applicant":"吴敏","phone":"13900000002","subject":"河道采砂许可"}');
INSERT INTO events VALUES (35,11,'clarification_requested','2024-03-06','2024-03-06T22:52:25.147802+00:00','李经办','{"reply_by":"2024-03-20"}','{}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES ('cases',11);
INSERT INTO sqlite_sequence VALUES ('events',35);
CREATE INDEX events_by_case ON events (case_id);
CREATE INDEX events_by_moment ON events (recorded_at);
CREATE INDEX cases_received ON cases (organ_id, received_year, kind) WHERE state <> 'cancelled';
CREATE INDEX cases_concluded ON cases (organ_id, concluded_year, kind, outcome) WHERE state <> 'cancelled';
CREATE INDEX cases_crossing ON cases (organ_id, received_year, concluded_year, kind) WHERE state <> 'cancelled' AND (concluded_year IS NULL OR concluded_year <> received_year);
CREATE INDEX cases_by_receipt ON cases (received_on, id);
CREATE INDEX cases_due ON cases (state, due_on);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER cases_no_delete BEFORE DELETE ON cases BEGIN SELECT RAISE(ABORT, 'cases are never deleted'); END;
CREATE TRIGGER cases_keep_number BEFORE UPDATE OF id, number ON cases WHEN NEW.id <> OLD.id OR NEW.number <> OLD.number BEGIN SELECT RAISE(ABORT, 'a number is never changed'); END;
COMMIT;
